package gateway

import (
	"errors"
	"net/http"
	"strings"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/payload"
	"sluice/internal/policy"
)

// service is what requests to function URLs are signed for.
const service = "lambda"

// admit lets the caller in, and reads the body: a stranger's is not waited for.
func (v *visit) admit() *refusal {
	if v.url.Auth == functionurl.AuthIAM {
		return v.admitSigner()
	}
	if refused := v.ask(""); refused != nil {
		return refused
	}
	return v.readBody()
}

// ask asks the resource policy. A statement for lambda:InvokeFunctionUrl is enough: AWS's page "Control access to Lambda
// function URLs" asks for one for lambda:InvokeFunction besides, and AWS itself did not in November 2025 (recorded:
// TestLambdaURL.test_lambda_url_echo_invoke).
func (v *visit) ask(caller string) *refusal {
	allowed, err := v.config.Permissions.Allows(v.r.Context(), v.url.Function, v.url.Qualifier, policy.Request{
		Caller: caller, Action: "lambda:InvokeFunctionUrl",
		Context: map[string]string{
			"lambda:FunctionUrlAuthType": string(v.url.Auth), "lambda:InvokedViaFunctionUrl": "true", "aws:SourceIp": sourceIP(v.r),
			"aws:PrincipalAccount": accountOf(caller),
		},
	})
	if err != nil {
		return v.failed(err)
	}
	if !allowed {
		return forbidden
	}
	return nil
}

// accountOf returns the account of an ARN, or nothing.
func accountOf(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return ""
}

// admitSigner checks a signature. A signer of the function's own account needs no resource policy, and what the signer's
// own policies say is not enforced; one of another account needs one.
func (v *visit) admitSigner() *refusal {
	signature, err := sigv4.Parse(v.r)
	if err != nil {
		return unsigned(err)
	}
	if refused := v.scoped(&signature); refused != nil {
		return refused
	}
	signer, err := v.verifier.Admit(&signature)
	if err != nil {
		return unsigned(err)
	}
	if refused := v.readBody(); refused != nil {
		return refused
	}
	if err := v.verifier.Check(v.r, &signature, signer, v.body); err != nil {
		return unsigned(err)
	}
	v.caller = identity(&signer.Identity)
	if signer.Account == v.url.Function.Account {
		return nil
	}
	return v.ask(signer.ARN)
}

// scoped refuses a signature that is for something else than this URL.
func (v *visit) scoped(s *sigv4.Signature) *refusal {
	switch {
	case s.Service != service:
		return mismatch("Credential should be scoped to correct service: '" + service + "'.")
	case s.Region != v.url.Function.Region:
		return mismatch("Credential should be scoped to a valid region.")
	case s.Streamed():
		return mismatch("A function URL does not take bodies in signed chunks.")
	}
	return nil
}

func mismatch(message string) *refusal {
	return unsigned(&sigv4.Error{Reason: sigv4.Mismatch, Message: message})
}

// identity is what a function is told of a signer. Sluice knows no IDs of users and roles: the account's own key has the
// account's number, as on AWS, and others the ID of their key.
func identity(who *sigv4.Identity) *payload.IAM {
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

// unsigned tells of a failed check of a signature. One that is not there is nobody's permission.
func unsigned(err error) *refusal {
	var failed *sigv4.Error
	if !errors.As(err, &failed) || failed.Reason == sigv4.Missing {
		return forbidden
	}
	name := signatureErrors[failed.Reason]
	if name == "" {
		name = "InvalidSignatureException"
	}
	return &refusal{status: http.StatusForbidden, kind: name, key: "message", message: failed.Message}
}
