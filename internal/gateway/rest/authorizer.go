package rest

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
)

// authorizer is a stage's authorizer with what its requests need.
type authorizer struct {
	*restapi.Authorizer
	sources []string                // expressions for what identifies a caller
	fits    func(token string) bool // whether a token has the form that the authorizer asks for
	call    executeapi.Call
}

// compileAuthorizer returns nil for an authorizer of a type that Sluice does not serve, and for one that is not there.
func (s *snapshot) compileAuthorizer(a *restapi.Authorizer) *authorizer {
	if a == nil || a.Type != restapi.TokenAuthorizer && a.Type != restapi.RequestAuthorizer {
		return nil
	}
	z := &authorizer{Authorizer: a, fits: tokenForm(a.Expression), call: executeapi.Call{
		Target: s.target(a.URI), Credentials: a.Credentials, Account: s.api.Account,
		Source: strings.TrimSuffix(s.api.ExecuteARN("authorizers", a.ID, ""), "/"), Limit: restapi.MaxTimeout * time.Millisecond,
	}}
	for source := range strings.SplitSeq(a.Identity, ",") {
		if source = strings.TrimSpace(source); source != "" {
			z.sources = append(z.sources, source)
		}
	}
	return z
}

// tokenForm returns what reports whether a token has the form that is asked for: without an expression each has it, and with one that
// is none, none has.
func tokenForm(expression string) (fits func(token string) bool) {
	if expression == "" {
		return func(string) bool { return true }
	}
	pattern, err := regexp.Compile(`^(?:` + expression + `)$`)
	if err != nil {
		return func(string) bool { return false }
	}
	return pattern.MatchString
}

// lifetime is how long what the authorizer says is remembered.
func (z *authorizer) lifetime() time.Duration {
	if z.TTL == nil {
		return 300 * time.Second
	}
	return time.Duration(*z.TTL) * time.Second
}

// authorize asks who the caller is, if the method wants to know.
func (v *visit) authorize() *refusal {
	switch v.route.method.Authorization {
	case restapi.AuthIAM:
		return v.admitSigner()
	case restapi.AuthCustom:
		return v.askAuthorizer()
	case "", restapi.AuthNone:
		return nil
	}
	return misconfigured("Sluice has no Cognito: it serves the authorization types NONE, AWS_IAM and CUSTOM; this method has " + v.route.method.Authorization)
}

// askAuthorizer asks a function who the caller is and what he may do (AWS's page "Use API Gateway Lambda authorizers").
func (v *visit) askAuthorizer() *refusal {
	z := v.route.authorizer
	if z == nil {
		return authorizerFell
	}
	sources, ok := v.identitySources(z)
	if !ok {
		return unauthorized
	}
	d, failed := v.shown.decisions.Decide(z.ID, sources, v.Began, z.lifetime(), func() (*decision, *executeapi.Failure) { return v.decide(z, sources) })
	switch {
	case failed != nil && failed.Reason == executeapi.Unauthorized:
		return unauthorized
	case failed != nil:
		return authorizerFell
	}
	v.authorizer = d.context
	switch d.statements.Judge(v.source()) {
	case executeapi.Allowed:
		return nil
	case executeapi.Denied:
		return deniedPlainly
	}
	return denied
}

// identitySources are the values that identify a caller. A token that is missing or has another form identifies nobody, and for
// an authorizer that looks at requests each source has to be there, as long as decisions are remembered by them.
func (v *visit) identitySources(z *authorizer) (values []string, ok bool) {
	e := v.expressions(nil)
	for _, source := range z.sources {
		value, there := e.value(source)
		if !there || value == "" {
			return nil, z.Type == restapi.RequestAuthorizer && z.lifetime() == 0
		}
		values = append(values, value)
	}
	if z.Type == restapi.TokenAuthorizer && (len(values) != 1 || !z.fits(values[0])) {
		return nil, false
	}
	return values, true
}

// decide calls the authorizer's function.
func (v *visit) decide(z *authorizer, sources []string) (*decision, *executeapi.Failure) {
	answer, failed := v.Ask(&z.call, func() ([]byte, error) { return v.authorizerEvent(z, sources) })
	if failed != nil {
		return nil, failed
	}
	d, err := readDecision(answer)
	if err != nil {
		return nil, &executeapi.Failure{Reason: executeapi.Failed, Detail: err.Error()}
	}
	return d, nil
}

// authorizerEvent is what an authorizer's function gets.
func (v *visit) authorizerEvent(z *authorizer, sources []string) ([]byte, error) {
	if z.Type == restapi.TokenAuthorizer {
		return json.Marshal(map[string]string{"type": "TOKEN", "methodArn": v.methodARN(), "authorizationToken": sources[0]})
	}
	event := payload.NewProxyEvent(v.R, nil, v.place())
	return json.Marshal(struct {
		Type      string `json:"type"`
		MethodARN string `json:"methodArn"`
		*payload.ProxyEvent
		Body            *struct{} `json:"body,omitempty"` // an authorizer is not shown the body
		IsBase64Encoded *struct{} `json:"isBase64Encoded,omitempty"`
	}{"REQUEST", v.methodARN(), event, nil, nil})
}

// methodARN names what the caller asked for, by the path that he sent.
func (v *visit) methodARN() string {
	return v.view.API.ExecuteARN(v.view.Stage.Name, v.R.Method, strings.TrimPrefix(v.path, "/"))
}
