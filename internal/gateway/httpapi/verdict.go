package httpapi

import (
	"encoding/json"
	"errors"

	"sluice/internal/gateway/executeapi"
)

// verdict is what a function said of a caller.
type verdict struct {
	statements executeapi.Statements // empty for a simple answer
	authorized bool                  // of a simple answer
	raw        json.RawMessage       // the context, or null
	context    map[string]any        // the same for format 1.0
}

// allows reports whether the verdict lets a caller in to a route: what is denied is not, and neither what nobody allows.
func (d *verdict) allows(source string) bool {
	return d.authorized || d.statements.Judge(source) == executeapi.Allowed
}

// readVerdict reads an authorizer's answer (AWS's page "Control access to HTTP APIs with AWS Lambda authorizers").
func readVerdict(answer []byte, simple bool) (*verdict, error) {
	var said struct {
		Authorized *bool  `json:"isAuthorized"`
		Principal  string `json:"principalId"`
		Policy     *struct {
			Statement executeapi.Statements
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
