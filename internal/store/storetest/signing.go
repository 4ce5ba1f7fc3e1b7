package storetest

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// NewSigningConfig returns a code signing configuration with every field set.
func NewSigningConfig(id string) *function.SigningConfig {
	return &function.SigningConfig{
		Scope: scope, ID: id, Description: "trusted", Publishers: []string{"arn:aws:signer:eu-central-1:123456789012:/signing-profiles/p"},
		Policy: function.SigningEnforced, Modified: when,
	}
}

var signingTests = map[string]func(*testing.T, *place){
	"every field is kept, on disk": func(t *testing.T, p *place) {
		p.putSigning(t, NewSigningConfig("csc-1"))
		p.reopen(t)
		wantSame(t, "the configuration", p.signing(t, scope, ""), []*function.SigningConfig{NewSigningConfig("csc-1")})
	},
	"a put replaces": func(t *testing.T, p *place) {
		c := NewSigningConfig("csc-1")
		p.putSigning(t, c)
		c.Description = "changed"
		p.putSigning(t, c)
		wantSame(t, "the configuration", p.signing(t, scope, ""), []*function.SigningConfig{c})
	},
	"one that is not there is not found": func(t *testing.T, p *place) {
		p.putSigning(t, NewSigningConfig("csc-1"))
		p.write(t, func(tx function.Tx) error { return tx.DeleteSigningConfig(scope, "csc-1") })
		err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteSigningConfig(scope, "csc-1") })
		wantFault(t, err, fault.NotFound, "signing config")
		err = p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.SigningConfig(scope, "csc-1")
			return err
		})
		wantFault(t, err, fault.NotFound, "signing config")
	},
	"lists are in the order of IDs, and of one account and region": func(t *testing.T, p *place) {
		for _, s := range scopes {
			for _, id := range []string{"csc-2", "csc-1"} {
				c := NewSigningConfig(id)
				c.Scope = s
				p.putSigning(t, c)
			}
		}
		for _, s := range scopes {
			all := p.signing(t, s, "")
			if len(all) != 2 || all[0].ID != "csc-1" || all[1].ID != "csc-2" || all[0].Scope != s {
				t.Errorf("%s %s has %s", s.Account, s.Region, text(all))
			}
			if rest := p.signing(t, s, "csc-1"); len(rest) != 1 || rest[0].ID != "csc-2" {
				t.Errorf("behind the first are %s", text(rest))
			}
		}
	},
}

func (p *place) putSigning(t *testing.T, c *function.SigningConfig) {
	t.Helper()
	p.write(t, func(tx function.Tx) error { return tx.PutSigningConfig(c) })
}

func (p *place) signing(t *testing.T, scope function.Scope, after string) []*function.SigningConfig {
	t.Helper()
	return get(t, p, func(r function.Reader) ([]*function.SigningConfig, error) { return r.SigningConfigs(scope, after, 0) })
}
