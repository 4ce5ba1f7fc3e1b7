package ingress

import (
	"strings"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/payload"
)

// Signer checks a signature, and takes the body once its key is known: a stranger's is not waited for. Scoped says what is wrong with
// what the signature is for; nil: nothing. An error is a *sigv4.Error, one of Take's, or what scoped returned.
func (x *Exchange) Signer(by *sigv4.Verifier, scoped func(*sigv4.Signature) error) (sigv4.Identity, error) {
	signature, err := sigv4.Parse(x.R)
	if err != nil {
		return sigv4.Identity{}, err
	}
	if err := scoped(&signature); err != nil {
		return sigv4.Identity{}, err
	}
	signer, err := by.Admit(&signature)
	if err != nil {
		return sigv4.Identity{}, err
	}
	if err := x.Take(); err != nil {
		return sigv4.Identity{}, err
	}
	return signer.Identity, by.Check(x.R, &signature, signer, x.Body)
}

// Caller is what a function is told of a signer. Sluice knows no IDs of users and roles: the account's own key has the
// account's number, as on AWS, and others the ID of their key.
func Caller(who *sigv4.Identity) *payload.IAM {
	id := who.AccessKeyID
	if strings.HasSuffix(who.ARN, ":root") {
		id = who.Account
	}
	return &payload.IAM{AccessKey: who.AccessKeyID, AccountID: who.Account, CallerID: id, UserARN: who.ARN, UserID: id}
}

// signatureErrors are AWS's names for what is wrong with a signature; the others are InvalidSignatureException.
var signatureErrors = map[sigv4.Reason]string{
	sigv4.Incomplete: "IncompleteSignatureException",
	sigv4.UnknownKey: "UnrecognizedClientException",
	sigv4.EndedToken: "ExpiredTokenException",
}

// SignatureError is AWS's name for what is wrong with a signature.
func SignatureError(why sigv4.Reason) string {
	if name := signatureErrors[why]; name != "" {
		return name
	}
	return "InvalidSignatureException"
}
