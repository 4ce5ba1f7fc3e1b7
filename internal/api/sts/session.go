package sts

import (
	"context"
	"time"

	"sluice/internal/account"
	shape "sluice/internal/api/shape/sts"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// sessionTime is how long a session of the account lasts if nothing is said of it (AWS's page "GetSessionToken").
const sessionTime = 12 * time.Hour

// assumeRole hands out a session of a role. Session policies are taken and, like all policies, not enforced.
func (a *api) assumeRole(ctx context.Context, r *wire.Request, in *shape.AssumeRoleRequest) (*shape.AssumeRoleResponse, error) {
	wish := account.Assumption{
		Role: wire.Value(in.RoleArn), Session: wire.Value(in.RoleSessionName), Lasts: lasts(in.DurationSeconds),
		ExternalID: wire.Value(in.ExternalId), SourceIdentity: wire.Value(in.SourceIdentity), Transitive: in.TransitiveTagKeys,
	}
	for _, t := range in.Tags {
		wish.Tags = append(wish.Tags, account.Tag{Key: wire.Value(t.Key), Value: wire.Value(t.Value)})
	}
	session, role, err := a.accounts.Assume(ctx, a.keys, a.caller(r), wish, time.Now())
	if err != nil {
		return nil, err
	}
	id, arn := role.ID+":"+wish.Session, account.Holder{Role: role.ARN(), Session: wish.Session}.ARN()
	return &shape.AssumeRoleResponse{
		Credentials:     credentials(session),
		AssumedRoleUser: &shape.AssumedRoleUser{AssumedRoleId: &id, Arn: &arn},
		SourceIdentity:  in.SourceIdentity,
	}, nil
}

// getSession hands out a session of the account itself.
func (a *api) getSession(_ context.Context, r *wire.Request, in *shape.GetSessionTokenRequest) (*shape.GetSessionTokenResponse, error) {
	if a.caller(r).Temporary {
		return nil, fault.Errorf(fault.Denied, "session", "Cannot call GetSessionToken with session credentials")
	}
	g := account.Grant{Lasts: lasts(in.DurationSeconds)}
	if g.Lasts == 0 {
		g.Lasts = sessionTime
	}
	return &shape.GetSessionTokenResponse{Credentials: credentials(a.keys.NewSession(g, time.Now()))}, nil
}
