package server

import (
	"sluice/internal/account"
	"sluice/internal/api/wire/sigv4"
)

// keys tells the signature check whose key it sees. It implements sigv4.Keys.
type keys struct{ ring *account.Keyring }

func (k keys) Secret(keyID, token string) (sigv4.Identity, bool) {
	holder, ok := k.ring.Holder(keyID, token)
	if !ok {
		return sigv4.Identity{}, false
	}
	return sigv4.Identity{
		AccessKeyID: keyID, Secret: holder.Secret, Account: holder.Account, ARN: holder.ARN(), Expires: holder.Expires,
	}, true
}

// anyone is who callers are whose keys are not known, if they are let in.
func anyone(cfg Config) *sigv4.Identity {
	if !cfg.AcceptAnyCredentials {
		return nil
	}
	return &sigv4.Identity{Account: cfg.Account, ARN: account.RootARN(cfg.Account)}
}
