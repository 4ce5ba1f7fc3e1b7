package remote

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Account asks for the account that the credentials belong to: twelve digits.
func (e *Endpoint) Account(ctx context.Context) (string, error) {
	out, err := e.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", failed(err, "account", "ask for the account")
	}
	return text(out.Account), nil
}
