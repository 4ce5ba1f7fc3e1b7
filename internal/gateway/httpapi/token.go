package httpapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sluice/internal/gateway/payload"
)

// readToken admits a caller whose token the route's issuer has signed, for one of the audiences and with one of the scopes that are
// asked for (AWS's page "Control access to HTTP APIs with JWT authorizers in API Gateway").
func (v *visit) readToken() *refusal {
	z := v.route.authorizer
	if z == nil || v.front.config.Tokens == nil {
		return broken("The route's tokens can't be read.")
	}
	sources, ok := v.identitySources(z)
	if !ok || len(sources) != 1 {
		return unauthorized
	}
	token := sources[0]
	if scheme, rest, ok := strings.Cut(token, " "); ok && strings.EqualFold(scheme, "Bearer") {
		token = strings.TrimSpace(rest)
	}
	claims, err := v.front.config.Tokens.Claims(v.R.Context(), z.Issuer, token)
	if err != nil || !meant(claims, z.Audience) {
		return unauthorized
	}
	scopes, ok := granted(claims, v.route.Scopes)
	if !ok {
		return forbidden
	}
	v.token = &payload.JWT{Claims: map[string]string{}, Scopes: scopes}
	for name, value := range claims {
		v.token.Claims[name] = claimText(value)
	}
	return nil
}

// meant reports whether a token is for one of the audiences. client_id counts if there is no aud.
func meant(claims map[string]any, audience []string) bool {
	for _, name := range []string{"aud", "client_id"} {
		if value, there := claims[name]; there {
			return slices.ContainsFunc(claimTexts(value), func(each string) bool { return slices.Contains(audience, each) })
		}
	}
	return false
}

// granted reports whether a token has one of the scopes, and which of them; nil if none is asked for.
func granted(claims map[string]any, asked []string) (scopes []string, ok bool) {
	if len(asked) == 0 {
		return nil, true
	}
	var has []string
	for _, name := range []string{"scope", "scp"} {
		for _, each := range claimTexts(claims[name]) {
			has = append(has, strings.Fields(each)...)
		}
	}
	for _, each := range asked {
		if slices.Contains(has, each) {
			scopes = append(scopes, each)
		}
	}
	return scopes, scopes != nil
}

func claimTexts(value any) (texts []string) {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for _, each := range list {
		if text, ok := each.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// claimText writes a claim as functions see it: lists in brackets without commas, as AWS does.
func claimText(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case []any:
		texts := make([]string, len(x))
		for i, each := range x {
			texts[i] = claimText(each)
		}
		return fmt.Sprint(texts)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
