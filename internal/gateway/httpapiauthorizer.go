package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// Tokens reads JSON Web Tokens; see internal/gateway/token.
type Tokens interface {
	// Claims returns what a token says that an issuer has signed and that is valid now. An error is the token's fault, or
	// the issuer could not be asked.
	Claims(ctx context.Context, issuer, token string) (map[string]any, error)
}

// authorize asks who the caller is, if the route wants to know.
func (v *httpVisit) authorize() *httpRefusal {
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

// authorizer is what events in format 2.0 say of the caller; nil: nothing.
func (v *httpVisit) authorizer() *payload.Authorizer {
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
func (v *httpVisit) admitSigner() *httpRefusal {
	signature, err := sigv4.Parse(v.r)
	if err != nil || signature.Service != signedFor || signature.Region != v.view.API.Region {
		return httpForbidden
	}
	signer, err := v.verifier.Admit(&signature)
	if err != nil {
		return httpForbidden
	}
	if refused := v.readBody(); refused != nil {
		return refused
	}
	if v.verifier.Check(v.r, &signature, signer, v.body) != nil || signer.Account != v.view.API.Account {
		return httpForbidden
	}
	v.caller = identity(&signer.Identity)
	return nil
}

// verdict is what a function said of a caller.
type verdict struct {
	statements []authorizerStatement // empty for a simple answer
	authorized bool                  // of a simple answer
	raw        json.RawMessage       // the context, or null
	context    map[string]any        // the same for format 1.0
}

// judge says whether the verdict lets a caller in to a route: what is denied is not, and neither what nobody allows.
func (d *verdict) judge(source string) bool {
	allowed := d.authorized
	for _, s := range d.statements {
		if !s.covers(source) {
			continue
		}
		if strings.EqualFold(s.Effect, "Deny") {
			return false
		}
		allowed = allowed || strings.EqualFold(s.Effect, "Allow")
	}
	return allowed
}

// readVerdict reads an authorizer's answer (AWS's page "Control access to HTTP APIs with AWS Lambda authorizers").
func readVerdict(answer []byte, simple bool) (*verdict, error) {
	var said struct {
		Authorized *bool  `json:"isAuthorized"`
		Principal  string `json:"principalId"`
		Policy     *struct {
			Statement []authorizerStatement
		} `json:"policyDocument"`
		Context json.RawMessage `json:"context"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return nil, err
	}
	d := &verdict{raw: json.RawMessage("null"), context: map[string]any{}}
	if len(said.Context) > 0 && string(said.Context) != "null" {
		if err := json.Unmarshal(said.Context, &d.context); err != nil {
			return nil, err
		}
		d.raw = said.Context
	}
	switch {
	case simple && said.Authorized == nil:
		return nil, errors.New("the authorizer's answer has no isAuthorized")
	case simple:
		d.authorized = *said.Authorized
	case said.Policy == nil || said.Principal == "":
		return nil, errors.New("the authorizer's answer has no principalId or no policyDocument")
	default:
		d.statements, d.context["principalId"] = said.Policy.Statement, said.Principal
	}
	return d, nil
}

// askAuthorizer asks a function who the caller is and what he may do.
func (v *httpVisit) askAuthorizer() *httpRefusal {
	z := v.route.authorizer
	if z == nil {
		return httpFailed("The route's authorizer is not there.")
	}
	sources, ok := v.identitySources(z)
	if !ok {
		return httpUnauthorized
	}
	var lifetime time.Duration
	if z.TTL != nil {
		lifetime = time.Duration(*z.TTL) * time.Second
	}
	key := z.ID + "\x00" + strings.Join(sources, "\x00")
	d, known := v.stage.verdicts.get(key, v.began)
	if !known {
		var refused *httpRefusal
		if d, refused = v.decide(z, sources); refused != nil {
			return refused
		}
		if lifetime > 0 && len(sources) > 0 {
			v.stage.verdicts.put(key, d, v.began.Add(lifetime))
		}
	}
	if !d.judge(v.routeARN()) {
		return httpForbidden
	}
	v.said = d
	return nil
}

// identitySources are the values that identify a caller. A request that lacks one identifies nobody.
func (v *httpVisit) identitySources(z *httpapi.Authorizer) (values []string, ok bool) {
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
func (v *httpVisit) routeARN() string {
	return v.stage.API.ExecuteARN(v.stage.Stage.Name, v.r.Method, strings.TrimPrefix(v.path, "/"))
}

// decide calls the authorizer's function.
func (v *httpVisit) decide(z *httpapi.Authorizer, sources []string) (*verdict, *httpRefusal) {
	t, ok := v.stage.function(z.URI)
	if !ok {
		return nil, httpFailed("The authorizer leads to no function.")
	}
	if z.Credentials == "" {
		source := strings.TrimSuffix(v.stage.API.ExecuteARN("authorizers", z.ID, ""), "/")
		if allowed, err := v.mayInvoke(t, v.view.API.Account, source); err != nil || !allowed {
			return nil, httpFailed("API Gateway may not call the authorizer's function.")
		}
	}
	event, err := v.authorizerEvent(z, sources)
	if err != nil {
		return nil, httpFailed(err.Error())
	}
	answer, err := v.invoke(t, event, httpapi.MaxTimeout*time.Millisecond)
	v.integration = 0 // that is the time of the route's integration
	switch {
	case err != nil:
		return nil, httpFailed(err.Error())
	case answer.Failed && errorMessage(answer.Payload) == "Unauthorized":
		return nil, httpUnauthorized
	case answer.Failed:
		return nil, httpFailed("The authorizer failed: " + errorMessage(answer.Payload))
	}
	d, err := readVerdict(answer.Payload, z.Simple)
	if err != nil {
		return nil, httpFailed(err.Error())
	}
	return d, nil
}

// authorizerEvent is what an authorizer's function gets.
func (v *httpVisit) authorizerEvent(z *httpapi.Authorizer, sources []string) ([]byte, error) {
	if z.Format == httpapi.Format1 {
		event := payload.NewHTTPProxyEvent(v.r, nil, v.proxyPlace(v.to.path))
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
	}{Type: "REQUEST", RouteARN: v.routeARN(), Identity: sources, Event: payload.NewEvent(v.r, nil, v.place(v.to.path))})
}
