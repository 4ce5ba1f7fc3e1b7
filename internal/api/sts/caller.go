package sts

import (
	"context"
	"regexp"

	shape "sluice/internal/api/shape/sts"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) getCaller(ctx context.Context, r *wire.Request, _ *shape.GetCallerIdentityRequest) (*shape.GetCallerIdentityResponse, error) {
	holder := a.caller(r)
	id, err := a.accounts.UserID(ctx, holder)
	if err != nil {
		return nil, err
	}
	return &shape.GetCallerIdentityResponse{UserId: &id, Account: &holder.Account, Arn: new(holder.ARN())}, nil
}

var keyForm = regexp.MustCompile(`^(AKIA|ASIA)[A-Z2-7]{16}$`)

// getKey says whose account a key belongs to. There is one account here, so every key that could be known is its.
func (a *api) getKey(_ context.Context, r *wire.Request, in *shape.GetAccessKeyInfoRequest) (*shape.GetAccessKeyInfoResponse, error) {
	if id := wire.Value(in.AccessKeyId); !keyForm.MatchString(id) {
		return nil, fault.Errorf(fault.Invalid, "key", "%s is no access key ID", id)
	}
	return &shape.GetAccessKeyInfoResponse{Account: &r.Account}, nil
}
