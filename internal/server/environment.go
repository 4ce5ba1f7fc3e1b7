package server

import (
	"time"

	"sluice/internal/account"
	"sluice/internal/function"
)

// environment returns what a function's process gets besides its own variables: the keys of a session of its role,
// the address that brings its SDK's calls back here, and the proxy that brings the others'. The keys outlive the process (see
// host.Config.MaxAge). The folder is the proxy's.
func environment(ring *account.Keyring, url, folder string) func(*function.Version) []string {
	return func(v *function.Version) []string {
		session := ring.NewSession(account.Grant{
			Role: v.Config.Role, Name: v.Function.Name, Lasts: account.FunctionTime,
		}, time.Now())
		return append(proxyVariables(v, url, folder),
			"AWS_ACCESS_KEY_ID="+session.ID,
			"AWS_SECRET_ACCESS_KEY="+session.Secret,
			"AWS_SESSION_TOKEN="+session.Token,
			"AWS_ENDPOINT_URL="+url,
		)
	}
}
