package remote

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Caller is whom the credentials belong to.
type Caller struct {
	Account string // twelve digits
	ARN     string
}

// Name is the caller's own name, without account and path: a user's, or that of a role's session.
func (c Caller) Name() string { return c.ARN[strings.LastIndexAny(c.ARN, ":/")+1:] }

// Caller asks who is calling.
func (e *Endpoint) Caller(ctx context.Context) (Caller, error) {
	out, err := e.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Caller{}, failed(err, "caller", "ask who is calling")
	}
	return Caller{Account: text(out.Account), ARN: text(out.Arn)}, nil
}
