package gateway

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
)

// authorize asks who the caller is, if the method wants to know.
func (v *restVisit) authorize() *restRefusal {
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

// usageKey is where an authorizer's answer has the API key of the caller, if keys come from authorizers.
const usageKey = "usageIdentifierKey"

// askAuthorizer asks a function who the caller is and what he may do (AWS's page "Use API Gateway Lambda authorizers").
func (v *restVisit) askAuthorizer() *restRefusal {
	a := v.shown.definition.Authorizers[v.route.method.AuthorizerID]
	if a == nil || a.Type != restapi.TokenAuthorizer && a.Type != restapi.RequestAuthorizer {
		return authorizerFell
	}
	sources, ok := v.identitySources(a)
	if !ok {
		return unauthorized
	}
	lifetime := 300 * time.Second
	if a.TTL != nil {
		lifetime = time.Duration(*a.TTL) * time.Second
	}
	key := a.ID + "\x00" + strings.Join(sources, "\x00")
	d, known := v.shown.decisions.get(key, v.began)
	if !known || lifetime == 0 {
		var refused *restRefusal
		if d, refused = v.decide(a, sources); refused != nil {
			return refused
		}
		if len(sources) > 0 {
			v.shown.decisions.put(key, d, v.began.Add(lifetime))
		}
	}
	v.authorizer = d.context
	return d.judge(v.source())
}

// identitySources are the values that identify a caller. A token that is missing or has another form identifies nobody, and for
// an authorizer that looks at requests each source has to be there, as long as decisions are remembered by them.
func (v *restVisit) identitySources(a *restapi.Authorizer) (values []string, ok bool) {
	e := v.expressions(nil)
	for source := range strings.SplitSeq(a.Identity, ",") {
		if source = strings.TrimSpace(source); source == "" {
			continue
		}
		value, there := e.value(source)
		if !there || value == "" {
			return nil, a.Type == restapi.RequestAuthorizer && a.TTL != nil && *a.TTL == 0
		}
		values = append(values, value)
	}
	if a.Type == restapi.TokenAuthorizer && (len(values) != 1 || !fits(a.Expression, values[0])) {
		return nil, false
	}
	return values, true
}

// fits reports whether a token matches a regular expression; none matches all.
func fits(expression, token string) bool {
	if expression == "" {
		return true
	}
	pattern, err := regexp.Compile(`^(?:` + expression + `)$`)
	return err == nil && pattern.MatchString(token)
}

// decide calls the authorizer's function.
func (v *restVisit) decide(a *restapi.Authorizer, sources []string) (*decision, *restRefusal) {
	name, ok := restapi.FunctionOf(a.URI, v.shown.variables)
	t, named := parseTarget(name, v.view.API.Scope)
	if !ok || !named {
		return nil, authorizerFell
	}
	if a.Credentials == "" {
		source := v.view.API.ExecuteARN("authorizers", a.ID, "")
		allowed, err := v.mayInvoke(t, v.view.API.Account, strings.TrimSuffix(source, "/"))
		if err != nil || !allowed {
			return nil, authorizerFell
		}
	}
	event, err := v.authorizerEvent(a, sources)
	if err != nil {
		return nil, unreached
	}
	answer, err := v.invoke(t, event, restapi.MaxTimeout*time.Millisecond)
	v.integration = 0 // that is the time of the method's integration
	switch {
	case err != nil:
		return nil, authorizerFell
	case answer.Failed && errorMessage(answer.Payload) == "Unauthorized":
		return nil, unauthorized
	case answer.Failed:
		return nil, authorizerFell
	}
	d, err := readDecision(answer.Payload)
	if err != nil {
		return nil, authorizerFell
	}
	return d, nil
}

// authorizerEvent is what an authorizer's function gets.
func (v *restVisit) authorizerEvent(a *restapi.Authorizer, sources []string) ([]byte, error) {
	if a.Type == restapi.TokenAuthorizer {
		return json.Marshal(map[string]string{"type": "TOKEN", "methodArn": v.methodARN(), "authorizationToken": sources[0]})
	}
	event := payload.NewProxyEvent(v.r, nil, v.place())
	return json.Marshal(struct {
		Type      string `json:"type"`
		MethodARN string `json:"methodArn"`
		*payload.ProxyEvent
		Body            *struct{} `json:"body,omitempty"` // an authorizer is not shown the body
		IsBase64Encoded *struct{} `json:"isBase64Encoded,omitempty"`
	}{"REQUEST", v.methodARN(), event, nil, nil})
}

// methodARN names what the caller asked for, by the path that he sent.
func (v *restVisit) methodARN() string {
	return v.view.API.ExecuteARN(v.view.Stage.Name, v.r.Method, strings.TrimPrefix(v.path, "/"))
}
