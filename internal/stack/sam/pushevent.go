package sam

import "strings"

// Event sources that invoke the function themselves: each needs a permission.

var alexaSkill = eventKind{
	properties: []property{{name: "SkillId", is: text}},
	expand: func(t *transform, e *event) ([]*resource, error) {
		return []*resource{e.permission(e.id, "", "alexa-appkit.amazon.com", map[string]any{"EventSourceToken": e.properties["SkillId"]})}, nil
	},
}

var iotRule = eventKind{
	properties: []property{{name: "Sql", is: text, required: true}, {name: "AwsIotSqlVersion", is: text}},
	expand: func(t *transform, e *event) ([]*resource, error) {
		payload := map[string]any{
			"Sql": e.properties["Sql"], "RuleDisabled": false,
			"Actions": []any{map[string]any{"Lambda": map[string]any{"FunctionArn": e.targetARN()}}},
		}
		if version := e.properties["AwsIotSqlVersion"]; truthy(version) {
			payload["AwsIotSqlVersion"] = version
		}
		return []*resource{
			e.permission(e.id, "", "iot.amazonaws.com", map[string]any{
				"SourceArn":     subWith(t.arn("iot", "rule/${RuleName}"), map[string]any{"RuleName": ref(e.id)}),
				"SourceAccount": sub("${AWS::AccountId}"),
			}),
			e.make(e.id, "AWS::IoT::TopicRule", map[string]any{"TopicRulePayload": payload}),
		}, nil
	},
}

// arn is the text for Fn::Sub of an ARN in the stack's account and region.
func (t *transform) arn(service, name string) string {
	return "arn:" + t.partition + ":" + service + ":${AWS::Region}:${AWS::AccountId}:" + name
}

var cloudWatchLogs = eventKind{
	properties: []property{{name: "LogGroupName", is: text, required: true}, {name: "FilterPattern", is: text, required: true}},
	expand: func(t *transform, e *event) ([]*resource, error) {
		group := e.properties["LogGroupName"]
		permission := e.permission(e.id, "", "logs.amazonaws.com", map[string]any{
			"SourceArn": subWith(t.arn("logs", "log-group:${__LogGroupName__}:*"), map[string]any{"__LogGroupName__": group}),
		})
		filter := e.make(e.id, "AWS::Logs::SubscriptionFilter", map[string]any{
			"LogGroupName": group, "FilterPattern": e.properties["FilterPattern"], "DestinationArn": e.targetARN(),
		})
		filter.dependsOn = []any{permission.id}
		return []*resource{permission, filter}, nil
	},
}

var cognito = eventKind{
	properties: []property{
		{name: "UserPool", is: text, required: true},
		{name: "Trigger", is: text | list, of: text, required: true, literal: true},
	},
	link: func(t *transform, e *event) error {
		pool, _ := e.properties["UserPool"].(map[string]any)
		id, referred := pool["Ref"]
		if name, ok := id.(string); ok {
			if _, ok := t.given[name]; ok {
				e.linked = name
				return nil
			}
		} else if referred {
			return invalidEvent(e.id, "Ref in Userpool is not a string.")
		}
		return invalidEvent(e.name, "Cognito events must reference a Cognito UserPool in the same template.")
	},
	expand: expandCognito,
}

// userPoolProperties are what a user pool may have.
var userPoolProperties = named(`AccountRecoverySetting AdminCreateUserConfig AliasAttributes AutoVerifiedAttributes
	DeletionProtection DeviceConfiguration EmailAuthenticationMessage EmailAuthenticationSubject EmailConfiguration
	EmailVerificationMessage EmailVerificationSubject EnabledMfas LambdaConfig MfaConfiguration Policies Schema
	SmsAuthenticationMessage SmsConfiguration SmsVerificationMessage UserAttributeUpdateSettings UsernameAttributes
	UsernameConfiguration UserPoolAddOns UserPoolName UserPoolTags UserPoolTier VerificationMessageTemplate
	WebAuthnRelyingPartyID WebAuthnUserVerification`)

// named are properties of any type.
func named(names string) []property {
	var properties []property
	for name := range strings.FieldsSeq(names) {
		properties = append(properties, property{name: name})
	}
	return properties
}

// expandCognito enters the function as a trigger into the user pool.
func expandCognito(t *transform, e *event) ([]*resource, error) {
	id := e.linked.(string)
	permission := e.permission(e.target.id+"Cognito", "", "cognito-idp.amazonaws.com", map[string]any{"SourceArn": getAtt(id, "Arn")})
	pool := t.given[id].(map[string]any)
	config, err := member(pool, "Properties", "LambdaConfig", id)
	if err != nil {
		return nil, err
	}
	for _, trigger := range texts(e.properties["Trigger"]) {
		if _, there := config[trigger]; there {
			return nil, invalidEvent(e.name, `Cognito trigger "%s" defined multiple times.`, str(e.properties["Trigger"]))
		}
		config[trigger] = e.targetARN()
	}
	changed, err := t.changedResource(id, "AWS::Cognito::UserPool", pool, userPoolProperties)
	return []*resource{permission, changed}, err
}

// member returns a property of a resource, a map, which it makes if it is not there.
func member(body map[string]any, section, name, id string) (map[string]any, error) {
	properties, ok := body[section].(map[string]any)
	if body[section] == nil {
		properties = map[string]any{}
		body[section] = properties
	} else if !ok {
		return nil, invalidResource(id, "Properties should be a map.")
	}
	if properties[name] == nil {
		properties[name] = map[string]any{}
	}
	return asMap(id, name, properties[name])
}

func asMap(id, name string, value any) (map[string]any, error) {
	if err := expect(id, name, value, object); err != nil {
		return nil, err
	}
	return value.(map[string]any), nil
}

// texts are the texts of a text or a list of some.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, member := range v {
			s, _ := member.(string)
			all = append(all, s)
		}
		return all
	}
	return nil
}

// changedResource is a resource of the template that an event changed.
func (t *transform) changedResource(id, typ string, body map[string]any, known []property) (*resource, error) {
	switch given, ok := body["Type"]; {
	case !ok:
		return nil, invalidResource(id, "Resource dict missing key 'Type'.")
	case given != typ:
		return nil, invalidResource(id, "Resource has incorrect Type; expected '%s', got '%s'", typ, str(given))
	}
	s, err := readSource(id, body)
	if err != nil {
		return nil, err
	}
	if err := t.checkProperties(s, known); err != nil {
		return nil, err
	}
	return &resource{id: id, typ: s.typ, dependsOn: s.dependsOn, attributes: s.attributes, properties: s.properties}, nil
}
