package function

import (
	"context"

	"sluice/internal/fault"
)

// SetCodeSigning gives a function a code signing configuration, or takes its own away with an empty ARN.
// Errors: fault.NotFound "signing config of function", "function".
func (s *Service) SetCodeSigning(ctx context.Context, id ID, arn string) error {
	return s.store.WriteFunctions(ctx, func(tx Tx) error {
		if arn != "" {
			if _, err := signingConfigOf(tx, id.Scope, arn); err != nil {
				return err
			}
		}
		f, err := tx.Function(id)
		if err != nil {
			return notFoundAs(err, id, "")
		}
		f.CodeSigning = arn
		return tx.PutFunction(f)
	})
}

// CodeSigning returns the ARN of a function's code signing configuration, or nothing.
// Errors: fault.NotFound "function".
func (s *Service) CodeSigning(ctx context.Context, id ID) (string, error) {
	found, err := s.Find(ctx, id, "")
	if err != nil {
		return "", err
	}
	return found.Function.CodeSigning, nil
}

// checkSignature refuses new code for a function whose code signing configuration enforces a signature.
func checkSignature(r Reader, f *Function) error {
	if f.CodeSigning == "" {
		return nil
	}
	c, err := signingConfigOf(r, f.ID.Scope, f.CodeSigning)
	if err != nil {
		return err
	}
	if c.Policy == SigningEnforced {
		return fault.Errorf(fault.Invalid, "signature",
			"Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for %s.", f.ID.Name)
	}
	return nil
}

// signingConfigOf looks up the configuration that a function has or is to have. AWS words its absence of its own way
// (recording test_code_signing_not_found_excs).
func signingConfigOf(r Reader, scope Scope, arn string) (*SigningConfig, error) {
	c, err := signingConfig(r, scope, arn)
	if fault.Is(err, fault.NotFound, "") {
		err = fault.Errorf(fault.NotFound, "signing config of function",
			"The code signing configuration cannot be found. Check that the provided configuration is not deleted: %s.", arn)
	}
	return c, err
}
