package sts

import (
	"time"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/sts"
	"sluice/internal/api/wire"
)

// Config says what the API stands on. Both are needed.
type Config struct {
	Accounts *account.Service
	Keys     *account.Keyring
}

type api struct {
	accounts *account.Service
	keys     *account.Keyring
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{cfg.Accounts, cfg.Keys}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	wire.Handle(s, "GetCallerIdentity", a.getCaller)
	wire.Handle(s, "GetAccessKeyInfo", a.getKey)
	wire.Handle(s, "AssumeRole", a.assumeRole)
	wire.Handle(s, "GetSessionToken", a.getSession)
	s.TakeUnsigned("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML") // their token is what counts (AWS's pages of these names)
	return s
}

// caller is who signed a request. A key that isn't known was let in as the account's own.
func (a *api) caller(r *wire.Request) account.Holder {
	if holder, known := a.keys.Holder(r.Caller.KeyID, r.Caller.Token); known {
		return holder
	}
	return account.Holder{Account: r.Account}
}

func credentials(s account.Session) *shape.Credentials {
	return &shape.Credentials{
		AccessKeyId: &s.ID, SecretAccessKey: &s.Secret, SessionToken: &s.Token, Expiration: apishape.At(s.Expires),
	}
}

// lasts is how long a session is asked to last; zero if nothing is said of it.
func lasts(seconds *int64) time.Duration { return time.Duration(wire.Value(seconds)) * time.Second }
