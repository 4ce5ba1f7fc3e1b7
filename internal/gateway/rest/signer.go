package rest

import (
	"errors"
	"net/http"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/ingress"
)

// admitSigner checks a signature. What the signer's own policies say is not enforced; a signer of another account would need the
// API's resource policy, which Sluice only keeps.
func (v *visit) admitSigner() *refusal {
	signer, failed, err := v.Signer(v.view.API.Scope)
	switch {
	case failed != nil:
		return refusalOf(failed)
	case err != nil:
		return wronglySigned(err)
	case signer.Account != v.view.API.Account:
		return &refusal{kind: "ACCESS_DENIED", status: http.StatusForbidden, name: "AccessDeniedException",
			message: "User: " + signer.ARN + " is not authorized to perform: execute-api:Invoke on resource: " + v.methodARN()}
	}
	v.caller = ingress.Caller(&signer)
	return nil
}

// wronglySigned tells of a failed check of a signature.
func wronglySigned(err error) *refusal {
	failed, ok := errors.AsType[*sigv4.Error](err)
	if !ok || failed.Reason == sigv4.Missing {
		return missingToken
	}
	why := &refusal{kind: "INVALID_SIGNATURE", status: http.StatusForbidden, name: ingress.SignatureError(failed.Reason), message: failed.Message}
	switch failed.Reason {
	case sigv4.EndedToken:
		why.kind = "EXPIRED_TOKEN"
	case sigv4.UnknownKey:
		why.kind = "ACCESS_DENIED"
	}
	return why
}
