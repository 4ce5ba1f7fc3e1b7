package executeapi

import (
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/function"
)

// service is what requests to APIs are signed for.
const service = "execute-api"

// Signer checks the signature of a request to an API of the scope, and reads its body. What the signer's own policies say is not
// enforced, and he may be of another account. Either the body did not come, or an error tells what is wrong with the signature.
func (v *Visit) Signer(scope function.Scope) (sigv4.Identity, *Failure, error) {
	who, err := v.Exchange.Signer(v.Verifier, func(s *sigv4.Signature) error {
		if s.Service != service || s.Region != scope.Region {
			return &sigv4.Error{Reason: sigv4.Mismatch, Message: "Credential should be scoped to correct service: '" + service + "' and to region '" + scope.Region + "'."}
		}
		return nil
	})
	if f := unread(err); f != nil {
		return who, f, nil
	}
	return who, nil, err
}
