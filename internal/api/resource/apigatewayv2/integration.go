package apigatewayv2

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
)

// integration is AWS::ApiGatewayV2::Integration. Its Ref is the integration's ID.
func integration() *resource.Type {
	p := &part{
		noun: "Integration", id: "IntegrationId",
		fields: schema.Fields{
			"ConnectionId": schema.String(schema.Kept), "ConnectionType": schema.String(), "ContentHandlingStrategy": schema.String(schema.Kept), "CredentialsArn": schema.String(), "Description": schema.String(),
			"IntegrationMethod": schema.String(schema.Kept), "IntegrationSubtype": schema.String(schema.Replaces), "IntegrationType": schema.String(schema.Required), "IntegrationUri": schema.String(),
			"PassthroughBehavior": schema.String(schema.Kept), "PayloadFormatVersion": schema.String(), "RequestParameters": schema.Map(schema.String()), "RequestTemplates": schema.Any(schema.Kept),
			"ResponseParameters":          schema.Map(schema.Object(schema.Fields{"ResponseParameters": schema.List(schema.Object(schema.Fields{"Destination": schema.String(schema.Required), "Source": schema.String(schema.Required)}))})),
			"TemplateSelectionExpression": schema.String(schema.Kept), "TimeoutInMillis": schema.Integer(), "TlsConfig": schema.Object(schema.Fields{"ServerNameToVerify": schema.String()}, schema.Kept),
		},
		unset:   members{"credentialsArn": "", "description": "", "payloadFormatVersion": "1.0", "timeoutInMillis": 30000},
		members: integrationMembers,
	}
	return p.resource()
}

// integrationMembers also take away the mappings that a template gives no more: an empty value does that.
func integrationMembers(t *task) members {
	in := t.Lowered("ConnectionType", "CredentialsArn", "Description", "IntegrationMethod", "IntegrationSubtype", "IntegrationType", "IntegrationUri",
		"PayloadFormatVersion", "TimeoutInMillis")
	if parameters := renewed(t.Old["RequestParameters"], t.Properties["RequestParameters"]); len(parameters) > 0 {
		in["requestParameters"] = parameters
	}
	responses := members{}
	before, now := answerMappings(t.Old["ResponseParameters"]), answerMappings(t.Properties["ResponseParameters"])
	for _, all := range []members{before, now} {
		for status := range all {
			responses[status] = renewed(before[status], now[status])
		}
	}
	if len(responses) > 0 {
		in["responseParameters"] = responses
	}
	return in
}

// renewed is a table as an update takes it: entries that are no more have an empty value.
func renewed(before, now any) members {
	all := members{}
	for key := range resource.ObjectOf(before) {
		all[key] = ""
	}
	for key, value := range resource.ObjectOf(now) {
		all[key] = resource.TextOf(value)
	}
	return all
}

// answerMappings are the mappings of answers, by status and by what they change.
func answerMappings(property any) members {
	all := members{}
	for status, given := range resource.ObjectOf(property) {
		mappings := members{}
		for _, each := range resource.ListOf(resource.ObjectOf(given)["ResponseParameters"]) {
			m := resource.ObjectOf(each)
			mappings[resource.TextOf(m["Destination"])] = resource.TextOf(m["Source"])
		}
		all[status] = mappings
	}
	return all
}
