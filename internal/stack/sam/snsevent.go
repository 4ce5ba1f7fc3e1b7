package sam

import "encoding/json"

var snsEvent = eventKind{
	properties: []property{
		{name: "Topic", is: text, required: true},
		{name: "Region", is: text},
		{name: "FilterPolicy"}, {name: "FilterPolicyScope"},
		{name: "SqsSubscription", is: boolean | object, vague: true},
		{name: "RedrivePolicy", is: object},
	},
	expand: func(t *transform, e *event) ([]*resource, error) {
		switch through := e.properties["SqsSubscription"].(type) {
		case bool:
			if through {
				return throughNewQueue(t, e)
			}
		case map[string]any:
			if len(through) > 0 {
				return throughQueue(t, e, through)
			}
		}
		return []*resource{
			e.permission(e.id, "", "sns.amazonaws.com", map[string]any{"SourceArn": e.properties["Topic"]}),
			subscription(e, "lambda", e.targetARN()),
		}, nil
	},
}

func subscription(e *event, protocol string, endpoint any) *resource {
	properties := map[string]any{"Protocol": protocol, "Endpoint": endpoint, "TopicArn": e.properties["Topic"]}
	for _, name := range []string{"Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"} {
		properties[name] = e.properties[name]
	}
	return e.make(e.id, "AWS::SNS::Subscription", properties)
}

// throughNewQueue puts a queue between topic and function.
func throughNewQueue(t *transform, e *event) ([]*resource, error) {
	queue := e.make(e.id+"Queue", "AWS::SQS::Queue", map[string]any{})
	if fifo := t.fifoTopic(referredID(e.properties["Topic"])); truthy(fifo) {
		queue.properties["FifoQueue"] = fifo
	}
	made, err := queueSource(t, e, arnOf(queue), json.Number("10"))
	if err != nil {
		return nil, err
	}
	return append(made, queue, queuePolicy(e, e.id+"QueuePolicy", arnOf(queue), ref(queue.id)), subscription(e, "sqs", arnOf(queue))), nil
}

// fifoTopic returns whether a topic of the template keeps the order of its messages.
func (t *transform) fifoTopic(id string) any {
	return t.resolve(at(t.given[id], "Properties", "FifoTopic"))
}

// throughQueue has a queue of the template's own between topic and function.
func throughQueue(t *transform, e *event, given map[string]any) ([]*resource, error) {
	arn, url := given["QueueArn"], given["QueueUrl"]
	if !truthy(arn) || !truthy(url) {
		return nil, invalidEvent(e.name, "No QueueARN or QueueURL provided.")
	}
	size := given["BatchSize"]
	if !truthy(size) {
		size = json.Number("10")
	}
	made, err := queueSource(t, e, arn, size)
	if err != nil {
		return nil, err
	}
	id := e.id + "QueuePolicy"
	if own := given["QueuePolicyLogicalId"]; truthy(own) {
		if id = str(own); !is[string](own) {
			return nil, invalidResource(id, "Logical ids must be alphanumeric.")
		}
	}
	return append(made, queuePolicy(e, id, arn, url), subscription(e, "sqs", arn)), nil
}

// queueSource connects the function to a queue as an event of the type SQS would.
func queueSource(t *transform, e *event, queue, size any) ([]*resource, error) {
	from := *e
	from.source = &source{id: e.id + "EventSourceMapping", typ: "SQS", properties: map[string]any{
		"Queue": queue, "BatchSize": size, "Enabled": true,
	}}
	return sqsEvent.expand(t, &from)
}

func queuePolicy(e *event, id string, arn, url any) *resource {
	return e.make(id, "AWS::SQS::QueuePolicy", map[string]any{
		"PolicyDocument": sendFrom(e.properties["Topic"], arn, "*"), "Queues": []any{url},
	})
}

// sendFrom is the document that lets a source send messages to a queue, by way of a service or anybody.
func sendFrom(source, queue, principal any) map[string]any {
	statement := allow("sqs:SendMessage", queue)
	statement["Principal"] = principal
	statement["Condition"] = map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": source}}
	return map[string]any{"Version": "2012-10-17", "Statement": []any{statement}}
}
