package cloudwatch

import (
	"encoding/base64"
	"encoding/json"

	"sluice/internal/fault"
)

// writeToken makes of the place behind a page the token that callers hand back and do not read.
func writeToken(place any) (*string, error) {
	text, err := json.Marshal(place)
	if err != nil {
		return nil, err
	}
	token := base64.RawURLEncoding.EncodeToString(text)
	return &token, nil
}

// readToken reads such a token into place, which stays as it is if there is none.
func readToken(token *string, place any) error {
	if token == nil {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(*token)
	if err == nil {
		err = json.Unmarshal(text, place)
	}
	if err != nil {
		return fault.Errorf(fault.Invalid, "page", "The token %q is not one that this operation gave out", *token)
	}
	return nil
}
