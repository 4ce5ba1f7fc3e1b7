package httpapi

import (
	"encoding/json"
	"strings"
	"time"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// authorizer is a stage's authorizer with what its requests need.
type authorizer struct {
	*httpapi.Authorizer
	call executeapi.Call
}

func (s *stage) compileAuthorizer(z *httpapi.Authorizer) *authorizer {
	return &authorizer{Authorizer: z, call: executeapi.Call{
		Target: s.target(z.URI), Credentials: z.Credentials, Account: s.API.Account,
		Source: strings.TrimSuffix(s.API.ExecuteARN("authorizers", z.ID, ""), "/"), Limit: httpapi.MaxTimeout * time.Millisecond,
	}}
}

// lifetime is how long what the authorizer says is remembered.
func (z *authorizer) lifetime() time.Duration {
	if z.TTL == nil {
		return 0
	}
	return time.Duration(*z.TTL) * time.Second
}

// authorize asks who the caller is, if the route wants to know.
func (v *visit) authorize() *refusal {
	switch v.route.Authorization {
	case httpapi.AuthIAM:
		return v.admitSigner()
	case httpapi.AuthCustom:
		return v.askAuthorizer()
	case httpapi.AuthJWT:
		return v.readToken()
	}
	return nil
}

// shown is what events in format 2.0 say of the caller; nil: nothing.
func (v *visit) shown() *payload.Authorizer {
	switch {
	case v.caller != nil:
		return &payload.Authorizer{IAM: v.caller}
	case v.said != nil:
		return &payload.Authorizer{Lambda: v.said.raw}
	case v.token != nil:
		return &payload.Authorizer{JWT: v.token}
	}
	return nil
}

// admitSigner checks a signature. What the signer's own policies say is not enforced; one of another account is turned away, since HTTP
// APIs have no resource policies.
func (v *visit) admitSigner() *refusal {
	signer, failed, err := v.Signer(v.view.API.Scope)
	switch {
	case failed != nil:
		return refusalOf(failed)
	case err != nil || signer.Account != v.view.API.Account:
		return forbidden
	}
	v.caller = ingress.Caller(&signer)
	return nil
}

// askAuthorizer asks a function who the caller is and what he may do.
func (v *visit) askAuthorizer() *refusal {
	z := v.route.authorizer
	if z == nil {
		return broken("The route's authorizer is not there.")
	}
	sources, ok := v.identitySources(z)
	if !ok {
		return unauthorized
	}
	d, failed := v.stage.verdicts.Decide(z.ID, sources, v.Began, z.lifetime(), func() (*verdict, *executeapi.Failure) { return v.decide(z, sources) })
	switch {
	case failed != nil:
		return refusalOf(failed)
	case !d.allows(v.routeARN()):
		return forbidden
	}
	v.said = d
	return nil
}

// identitySources are the values that identify a caller. A request that lacks one identifies nobody.
func (v *visit) identitySources(z *authorizer) (values []string, ok bool) {
	for _, source := range z.Identity {
		value, there := v.value(source)
		if !there || value == "" {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

// routeARN names what the caller asked for, by the path that he sent.
func (v *visit) routeARN() string {
	return v.stage.API.ExecuteARN(v.stage.Stage.Name, v.R.Method, strings.TrimPrefix(v.path, "/"))
}

// decide calls the authorizer's function.
func (v *visit) decide(z *authorizer, sources []string) (*verdict, *executeapi.Failure) {
	answer, failed := v.Ask(&z.call, func() ([]byte, error) { return v.authorizerEvent(z, sources) })
	if failed != nil {
		return nil, failed
	}
	d, err := readVerdict(answer, z.Simple)
	if err != nil {
		return nil, &executeapi.Failure{Reason: executeapi.Failed, Detail: err.Error()}
	}
	return d, nil
}

// authorizerEvent is what an authorizer's function gets.
func (v *visit) authorizerEvent(z *authorizer, sources []string) ([]byte, error) {
	if z.Format == httpapi.Format1 {
		event := payload.NewHTTPProxyEvent(v.R, nil, v.proxyPlace(v.To.Path))
		identity := strings.Join(sources, ",")
		return json.Marshal(struct {
			Type      string `json:"type"`
			MethodARN string `json:"methodArn"`
			Identity  string `json:"identitySource"`
			Token     string `json:"authorizationToken"`
			*payload.ProxyEvent
			Body            *struct{} `json:"body,omitempty"` // an authorizer is not shown the body
			IsBase64Encoded *struct{} `json:"isBase64Encoded,omitempty"`
		}{Type: "REQUEST", MethodARN: v.routeARN(), Identity: identity, Token: identity, ProxyEvent: event})
	}
	return json.Marshal(struct {
		Type     string   `json:"type"`
		RouteARN string   `json:"routeArn"`
		Identity []string `json:"identitySource"`
		*payload.Event
		Body            *struct{} `json:"body,omitempty"`
		IsBase64Encoded *struct{} `json:"isBase64Encoded,omitempty"`
	}{Type: "REQUEST", RouteARN: v.routeARN(), Identity: sources, Event: payload.NewEvent(v.R, nil, v.place(v.To.Path))})
}
