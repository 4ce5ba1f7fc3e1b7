package functionurl

import (
	"errors"
	"net/http"
	"strings"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/ingress"
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
	return unread(v.Take())
}

// ask asks the resource policy. A statement for lambda:InvokeFunctionUrl is enough: AWS's page "Control access to Lambda
// function URLs" asks for one for lambda:InvokeFunction besides, and AWS itself did not in November 2025 (recorded:
// TestLambdaURL.test_lambda_url_echo_invoke).
func (v *visit) ask(caller string) *refusal {
	allowed, err := v.Permissions.Allows(v.R.Context(), v.url.Function, v.url.Qualifier, policy.Request{
		Caller: caller, Action: "lambda:InvokeFunctionUrl",
		Context: map[string]string{
			"lambda:FunctionUrlAuthType": string(v.url.Auth), "lambda:InvokedViaFunctionUrl": "true", "aws:SourceIp": ingress.SourceIP(v.R),
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
	signer, err := v.Signer(v.Verifier, v.scoped)
	if err != nil {
		return unsigned(err)
	}
	v.caller = ingress.Caller(&signer)
	if signer.Account == v.url.Function.Account {
		return nil
	}
	return v.ask(signer.ARN)
}

// scoped refuses a signature that is for something else than this URL.
func (v *visit) scoped(s *sigv4.Signature) error {
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

func mismatch(message string) error { return &sigv4.Error{Reason: sigv4.Mismatch, Message: message} }

// unsigned tells of a failed check of a signature. One that is not there is nobody's permission.
func unsigned(err error) *refusal {
	failed, ok := errors.AsType[*sigv4.Error](err)
	switch {
	case !ok:
		return unread(err)
	case failed.Reason == sigv4.Missing:
		return forbidden
	}
	return &refusal{status: http.StatusForbidden, kind: ingress.SignatureError(failed.Reason), key: "message", message: failed.Message}
}

// unread tells of a body that was taken; nil if that is no error.
func unread(err error) *refusal {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ingress.ErrTooLong):
		return tooLarge
	case errors.Is(err, ingress.ErrLate):
		return &refusal{status: http.StatusRequestTimeout, message: "The request's body did not arrive in time."}
	}
	return &refusal{status: http.StatusBadRequest, message: "The request's body can't be read to its end."}
}
