package resource

// httpIntegration is AWS::ApiGatewayV2::Integration. Its Ref is the integration's ID.
func httpIntegration() *resource {
	p := &part{
		noun: "Integration", id: "IntegrationId",
		fields: fields{
			"ConnectionId": text(kept), "ConnectionType": text(), "ContentHandlingStrategy": text(kept), "CredentialsArn": text(), "Description": text(),
			"IntegrationMethod": text(kept), "IntegrationSubtype": text(replaces), "IntegrationType": text(required), "IntegrationUri": text(),
			"PassthroughBehavior": text(kept), "PayloadFormatVersion": text(), "RequestParameters": table(text()), "RequestTemplates": anything(kept),
			"ResponseParameters":          table(object(fields{"ResponseParameters": list(object(fields{"Destination": text(required), "Source": text(required)}))})),
			"TemplateSelectionExpression": text(kept), "TimeoutInMillis": whole(), "TlsConfig": object(fields{"ServerNameToVerify": text()}, kept),
		},
		unset:   members{"credentialsArn": "", "description": "", "payloadFormatVersion": "1.0", "timeoutInMillis": 30000},
		members: integrationMembers,
	}
	return p.resource()
}

// integrationMembers also take away the mappings that a template gives no more: an empty value does that.
func integrationMembers(t *task) members {
	in := t.lowered("ConnectionType", "CredentialsArn", "Description", "IntegrationMethod", "IntegrationSubtype", "IntegrationType", "IntegrationUri",
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
	for key := range objectOf(before) {
		all[key] = ""
	}
	for key, value := range objectOf(now) {
		all[key] = textOf(value)
	}
	return all
}

// answerMappings are the mappings of answers, by status and by what they change.
func answerMappings(property any) members {
	all := members{}
	for status, given := range objectOf(property) {
		mappings := members{}
		for _, each := range listOf(objectOf(given)["ResponseParameters"]) {
			m := objectOf(each)
			mappings[textOf(m["Destination"])] = textOf(m["Source"])
		}
		all[status] = mappings
	}
	return all
}
