package rest

import (
	"net/http"
	"strings"

	"sluice/internal/gateway/payload"
	"sluice/internal/velocity"
)

// context is $context: what templates, mappings and access logs may ask of a request (AWS's page "Variables for data
// transformations for API Gateway"). It is made when it is first asked for, and what a request's template changes in it is there
// for the response's.
func (v *visit) context() *velocity.Map {
	if v.values != nil {
		return v.values
	}
	at := v.place()
	m := &velocity.Map{}
	for _, each := range [][2]string{
		{"accountId", at.Account}, {"apiId", at.APIID}, {"deploymentId", at.Deployment}, {"domainName", at.Domain}, {"domainPrefix", at.APIID},
		{"extendedRequestId", at.ExtendedID}, {"httpMethod", v.R.Method}, {"path", at.FullPath}, {"protocol", v.R.Proto},
		{"requestId", at.RequestID}, {"requestTime", payload.TimeOf(at.Now)}, {"resourceId", at.ResourceID}, {"resourcePath", at.Resource},
		{"stage", at.Stage}, {"operationName", at.Operation},
	} {
		if each[1] != "" {
			m.Set(each[0], each[1])
		}
	}
	m.Set("requestTimeEpoch", at.Now.UnixMilli())
	m.Set("isCanaryRequest", v.shown.canary)
	m.Set("identity", identityMap(&at.Identity, v.R, at.SourceIP))
	if v.authorizer != nil {
		m.Set("authorizer", velocity.NewMap(v.authorizer))
	}
	overrides := &velocity.Map{}
	for _, part := range []string{"header", "path", "querystring"} {
		overrides.Set(part, &velocity.Map{})
	}
	m.Set("requestOverride", overrides)
	answer := &velocity.Map{}
	answer.Set("header", &velocity.Map{})
	m.Set("responseOverride", answer)
	v.values = m
	return m
}

func identityMap(who *payload.Identity, r *http.Request, sourceIP string) *velocity.Map {
	m := &velocity.Map{}
	for name, value := range map[string]*string{
		"accessKey": who.AccessKey, "accountId": who.AccountID, "caller": who.Caller, "user": who.User, "userArn": who.UserARN,
	} {
		if value != nil {
			m.Set(name, *value)
		}
	}
	for name, value := range map[string]string{"apiKey": who.APIKey, "apiKeyId": who.APIKeyID, "userAgent": r.UserAgent()} {
		if value != "" {
			m.Set(name, value)
		}
	}
	m.Set("sourceIp", sourceIP)
	return m
}

// member follows a dotted path through maps.
func member(of any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, ok := of.(*velocity.Map)
		if !ok {
			return nil
		}
		of = m.Get(name)
	}
	return of
}
