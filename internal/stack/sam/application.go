package sam

// application becomes a nested stack. Those of AWS's Serverless Application Repository are refused: they cannot be had here.
var application = kind{
	rank: otherRank,
	properties: []property{
		{name: "Location", is: text | object, required: true}, {name: "TemplateUrl", is: text}, {name: "Parameters", is: object},
		{name: "NotificationARNs", is: list, of: text | object}, {name: "Tags", is: object}, {name: "TimeoutInMinutes", is: integer},
	},
	before: locate,
	expand: func(t *transform, s *source) ([]*resource, error) {
		tags, err := t.createdTags(s)
		if err != nil {
			return nil, err
		}
		return []*resource{{id: s.id, typ: "AWS::CloudFormation::Stack", dependsOn: s.dependsOn, attributes: s.passed(), properties: map[string]any{
			"Parameters": s.properties["Parameters"], "NotificationARNs": s.properties["NotificationARNs"], "Tags": tags,
			"TimeoutInMinutes": s.properties["TimeoutInMinutes"], "TemplateURL": s.properties["TemplateUrl"],
		}}}, nil
	},
}

// locate turns the location into the URL of a template.
func locate(s *source) error {
	given, ok := s.properties["Location"]
	if !ok {
		return invalidResource(s.id, "Resource is missing the required [Location] property.")
	}
	location, ok := given.(map[string]any)
	if !ok {
		s.properties["TemplateUrl"] = given
		return nil
	}
	for _, name := range []string{"ApplicationId", "SemanticVersion"} {
		if _, ok := location[name]; !ok {
			return invalidResource(s.id, "Resource is missing the required [%s] property.", name)
		}
	}
	switch id, version := location["ApplicationId"], location["SemanticVersion"]; {
	case id == nil:
		return invalidResource(s.id, "Property 'ApplicationId' is required.")
	case is[map[string]any](id):
		return invalidResource(s.id, "Property 'ApplicationId' cannot be resolved. Only FindInMap and Ref intrinsic functions are supported.")
	case !truthy(version):
		return invalidResource(s.id, "Property 'SemanticVersion' cannot be blank.")
	case is[map[string]any](version):
		return invalidResource(s.id, "Property 'SemanticVersion' cannot be resolved. Only FindInMap and Ref intrinsic functions are supported.")
	}
	return invalidResource(s.id, "Serverless Application Repository is not available in this region.")
}
