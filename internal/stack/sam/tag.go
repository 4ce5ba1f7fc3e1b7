package sam

// tagList turns tags into the list that CloudFormation takes. A tag without a value gets an empty one.
func (t *transform) tagList(tags map[string]any) []any {
	tagged := make([]any, 0, len(tags))
	for _, key := range t.keys(tags) {
		value := tags[key]
		if value == nil {
			value = ""
		}
		tagged = append(tagged, tag(key, value))
	}
	return tagged
}

func tag(key string, value any) map[string]any { return map[string]any{"Key": key, "Value": value} }

// reservedTags are keys that only SAM and its repository of applications give.
var reservedTags = [...]string{"lambda:createdBy", "serverlessrepo:applicationId", "serverlessrepo:semanticVersion"}

// createdTags are the tags of what is made from a source: a mark of SAM, and then its own.
func (t *transform) createdTags(s *source) ([]any, error) {
	own, _ := s.properties["Tags"].(map[string]any)
	for _, reserved := range reservedTags {
		if _, ok := own[reserved]; ok {
			return nil, invalidResource(s.id, "%s is a reserved Tag key name and cannot be set on your resource. Please change the tag key in the input.", reserved)
		}
	}
	return append([]any{tag(reservedTags[0], "SAM")}, t.tagList(own)...), nil
}

// propagateTags gives made resources the tags of their source, in place of those that they have, if it asks for that.
func (t *transform) propagateTags(s *source, made []*resource) {
	tags, _ := s.properties["Tags"].(map[string]any)
	if !truthy(s.properties["PropagateTags"]) || len(tags) == 0 {
		return
	}
	for _, r := range made {
		if takesTags(r.typ) {
			r.properties["Tags"] = t.tagList(tags)
		}
	}
}

// takesTags reports whether a type has a list of tags under that name, as far as SAM makes it.
func takesTags(typ string) bool {
	switch typ {
	case "AWS::Lambda::Function", "AWS::IAM::Role", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::IoT::TopicRule",
		"AWS::StepFunctions::StateMachine", "AWS::DynamoDB::Table", "AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup":
		return true
	}
	return false
}
