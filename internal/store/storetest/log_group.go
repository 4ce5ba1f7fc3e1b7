package storetest

import (
	"testing"

	"sluice/internal/logs"
)

var logGroupTests = map[string]func(*testing.T, *logPlace){
	"every field is kept, on disk": func(t *testing.T, p *logPlace) {
		p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(NewLogGroup("/aws/lambda/full")) })
		p.reopen(t)
		wantSame(t, "the groups", p.groups(t), []*logs.Group{NewLogGroup("/aws/lambda/full")})
	},
	"what it holds is no part of the record": func(t *testing.T, p *logPlace) {
		g := NewLogGroup("g")
		g.Bytes = 5
		p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(g) })
		wantSame(t, "the groups", p.groups(t), []*logs.Group{NewLogGroup("g")})
	},
	"a put replaces": func(t *testing.T, p *logPlace) {
		g := NewLogGroup("again")
		p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(g) })
		g.Retention, g.Filters, g.Tags = 0, nil, nil
		p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(g) })
		wantSame(t, "the groups", p.groups(t), []*logs.Group{g})
	},
	"a deleted one is gone": func(t *testing.T, p *logPlace) {
		g := NewLogGroup("there")
		p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(g) })
		p.write(t, func(tx logs.Tx) error { return tx.DeleteLogGroup(g.ID) })
		p.wantGone(t, "group", func(tx logs.Tx) error { return tx.DeleteLogGroup(g.ID) })
	},
	"the list has all scopes, in order": func(t *testing.T, p *logPlace) {
		for _, s := range scopes {
			for _, name := range []string{"b", "a", "B"} {
				g := NewLogGroup(name)
				g.ID.Scope = s
				p.write(t, func(tx logs.Tx) error { return tx.PutLogGroup(g) })
			}
		}
		names := logNames(p.groups(t))
		if len(names) != 3*len(scopes) {
			t.Errorf("%d groups: %q", len(names), names)
		}
		wantOrdered(t, names)
	},
}
