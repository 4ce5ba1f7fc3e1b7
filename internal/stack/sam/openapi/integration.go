package openapi

// Function is what a REST API's method invokes.
type Function struct {
	URI       any    // of the integration
	Condition string // of the function; empty if it has none
	Streams   bool   // whether the response is transferred piece by piece
	// Credentials is the role or the caller whom API Gateway invokes the function as; nil for API Gateway itself.
	Credentials any
}

// AddFunction lets a method invoke a function, in each branch of its path.
func (d *Document) AddFunction(path, method string, f Function) error {
	if err := d.AddPath(path, method); err != nil {
		return err
	}
	items, err := d.path(path)
	if err != nil {
		return err
	}
	for _, item := range items {
		integration := NewDict().Put("type", Word("aws_proxy")).Put("httpMethod", Word("POST")).Put("uri", conditional(f.Condition, f.URI))
		if f.Streams {
			integration.Put("responseTransferMode", Word("STREAM"))
		}
		if f.Credentials != nil {
			integration.Put("credentials", f.Credentials)
		}
		if err := setIntegration(item, path, method, integration, NewDict(), f.Condition); err != nil {
			return err
		}
	}
	return nil
}

// StateMachine is what a REST API's method starts.
type StateMachine struct {
	Role      any // the role as which API Gateway starts it
	Template  any // of the request, by content type
	Condition string
}

// AddStateMachine lets a method start an execution of a state machine, in each branch of its path.
func (d *Document) AddStateMachine(path, method string, s StateMachine) error {
	if err := d.AddPath(path, method); err != nil {
		return err
	}
	items, err := d.path(path)
	if err != nil {
		return err
	}
	uri := conditional(s.Condition, Sub(Word("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"), nil))
	for _, item := range items {
		statuses, responses := NewDict(), NewDict()
		for _, r := range [...]struct{ status, description Word }{{"200", "OK"}, {"400", "Bad Request"}} {
			statuses.Put(string(r.status), NewDict().Put("statusCode", r.status))
			responses.Put(string(r.status), NewDict().Put("description", r.description))
		}
		integration := NewDict().Put("type", Word("aws")).Put("httpMethod", Word("POST")).Put("uri", uri).
			Put("responses", statuses).Put("credentials", s.Role)
		if s.Template != nil {
			integration.Merge(Listed().Put("requestTemplates", s.Template))
		}
		if err := setIntegration(item, path, method, integration, responses, s.Condition); err != nil {
			return err
		}
	}
	return nil
}

// setIntegration gives a method its integration, responses unless it has some, and the condition.
func setIntegration(item *Dict, path, method string, integration, responses *Dict, condition string) error {
	key := methodKey(method)
	definition, ok := item.Get(key).(*Dict)
	if !ok {
		return errorf("Definition of method '%s' for path '%s' should be a map.", key, path)
	}
	definition.Put(integrationKey, integration)
	if !definition.Has("responses") {
		definition.Put("responses", responses)
	}
	if condition != "" {
		item.Set(key, If(condition, definition))
	}
	return nil
}

func conditional(condition string, value any) any {
	if condition == "" {
		return value
	}
	return If(condition, value)
}
