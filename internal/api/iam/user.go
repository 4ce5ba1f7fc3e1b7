package iam

import (
	"context"
	"time"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// getUser answers who the account's own key is: the account. There are no users here.
func (a *api) getUser(_ context.Context, r *wire.Request, in *shape.GetUserRequest) (*shape.GetUserResponse, error) {
	if in.UserName != nil {
		return nil, fault.Errorf(fault.NotFound, "user", "The user with name %s cannot be found.", *in.UserName)
	}
	if holder, known := a.keys.Holder(r.Caller.KeyID, r.Caller.Token); known && holder.Role != "" {
		return nil, fault.Errorf(fault.Invalid, "user", "Must specify userName when calling with non-User credentials")
	}
	return &shape.GetUserResponse{User: &shape.User{
		Path: new("/"), UserId: &r.Account, Arn: new(account.RootARN(r.Account)),
		CreateDate: apishape.At(time.Unix(0, 0).UTC()), // an account here has no beginning, and clients want a date
	}}, nil
}

// listAliases answers that the account has no other name.
func (a *api) listAliases(context.Context, *wire.Request, *shape.ListAccountAliasesRequest) (*shape.ListAccountAliasesResponse, error) {
	return &shape.ListAccountAliasesResponse{AccountAliases: []string{}, IsTruncated: whole()}, nil
}
