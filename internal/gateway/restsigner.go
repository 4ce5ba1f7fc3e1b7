package gateway

import (
	"errors"
	"net/http"

	"sluice/internal/api/wire/sigv4"
)

// signedFor is the service that requests to APIs are signed for.
const signedFor = "execute-api"

// admitSigner checks a signature. What the signer's own policies say is not enforced; a signer of another account would need the
// API's resource policy, which Sluice only keeps.
func (v *restVisit) admitSigner() *restRefusal {
	signature, err := sigv4.Parse(v.r)
	if err != nil {
		return wronglySigned(err)
	}
	if signature.Service != signedFor || signature.Region != v.view.API.Region {
		return wronglySigned(&sigv4.Error{Reason: sigv4.Mismatch, Message: "Credential should be scoped to correct service: '" + signedFor + "' and to region '" + v.view.API.Region + "'."})
	}
	signer, err := v.verifier.Admit(&signature)
	if err != nil {
		return wronglySigned(err)
	}
	if refused := v.readBody(); refused != nil {
		return refused
	}
	if err := v.verifier.Check(v.r, &signature, signer, v.body); err != nil {
		return wronglySigned(err)
	}
	if signer.Account != v.view.API.Account {
		return &restRefusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException",
			message: "User: " + signer.ARN + " is not authorized to perform: execute-api:Invoke on resource: " + v.methodARN()}
	}
	v.caller = identity(&signer.Identity)
	return nil
}

// wronglySigned tells of a failed check of a signature.
func wronglySigned(err error) *restRefusal {
	var failed *sigv4.Error
	if !errors.As(err, &failed) || failed.Reason == sigv4.Missing {
		return missingToken
	}
	why := &restRefusal{kind: "INVALID_SIGNATURE", status: http.StatusForbidden, name: signatureErrors[failed.Reason], message: failed.Message}
	switch failed.Reason {
	case sigv4.EndedToken:
		why.kind = "EXPIRED_TOKEN"
	case sigv4.UnknownKey:
		why.kind = "ACCESS_DENIED"
	}
	if why.name == "" {
		why.name = "InvalidSignatureException"
	}
	return why
}
