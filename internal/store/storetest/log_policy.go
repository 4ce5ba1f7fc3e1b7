package storetest

import (
	"testing"

	"sluice/internal/logs"
)

var logPolicyTests = map[string]func(*testing.T, *logPlace){
	"every field is kept, on disk": func(t *testing.T, p *logPlace) {
		p.write(t, func(tx logs.Tx) error { return tx.PutLogPolicy(NewLogPolicy("full")) })
		p.reopen(t)
		wantSame(t, "the policies", p.policies(t, scope), []*logs.Policy{NewLogPolicy("full")})
	},
	"a put replaces": func(t *testing.T, p *logPlace) {
		policy := NewLogPolicy("again")
		p.write(t, func(tx logs.Tx) error { return tx.PutLogPolicy(policy) })
		policy.Document = "{}"
		p.write(t, func(tx logs.Tx) error { return tx.PutLogPolicy(policy) })
		wantSame(t, "the policies", p.policies(t, scope), []*logs.Policy{policy})
	},
	"a deleted one is gone": func(t *testing.T, p *logPlace) {
		p.write(t, func(tx logs.Tx) error { return tx.PutLogPolicy(NewLogPolicy("there")) })
		p.write(t, func(tx logs.Tx) error { return tx.DeleteLogPolicy(scope, "there") })
		p.wantGone(t, "policy", func(tx logs.Tx) error { return tx.DeleteLogPolicy(scope, "there") })
	},
	"accounts and regions are apart, and names in order": func(t *testing.T, p *logPlace) {
		for _, s := range scopes {
			for _, name := range []string{"b", "a"} {
				policy := NewLogPolicy(name)
				policy.Scope = s
				p.write(t, func(tx logs.Tx) error { return tx.PutLogPolicy(policy) })
			}
		}
		for _, s := range scopes {
			found := p.policies(t, s)
			if len(found) != 2 || found[0].Name != "a" || found[1].Name != "b" || found[0].Scope != s {
				t.Errorf("%s %s has %+v", s.Account, s.Region, found)
			}
		}
	},
}
