package storetest

import (
	"testing"

	"sluice/internal/function"
)

var keyTests = map[string]func(*testing.T, *place){
	"accounts, regions and names are apart": func(t *testing.T, p *place) {
		isolates(t, p, []function.ID{
			{Scope: scope, Name: "f"},
			{Scope: scope, Name: "F"},
			{Scope: scope, Name: "f-1"},
			{Scope: function.Scope{Account: scope.Account, Region: "us-east-1"}, Name: "f"},
			{Scope: function.Scope{Account: "000000000000", Region: scope.Region}, Name: "f"},
			{Scope: function.Scope{Account: scope.Region, Region: scope.Account}, Name: "f"},
		})
	},
	"odd strings are only strings": func(t *testing.T, p *place) {
		var ids []function.ID
		for _, odd := range oddStrings {
			ids = append(ids,
				function.ID{Scope: scope, Name: odd},
				function.ID{Scope: function.Scope{Account: odd, Region: scope.Region}, Name: "f"},
				function.ID{Scope: function.Scope{Account: scope.Account, Region: odd}, Name: "f"})
		}
		isolates(t, p, ids)
	},
	"odd aliases are only names":   isolatesAliases,
	"odd text is kept":             keepsOddText,
	"a list has its scope's alone": listsScope,
}

// oddStrings mean something to SQL, to JSON or to a pattern, or look like each other.
var oddStrings = []string{
	"%", "_", "a%", "a_", "'", "''", `"`, `\`, "`", ";", "--", "?", "$1", ":name", "@name", "*", "[a]",
	"' OR '1'='1", "'; DROP TABLE functions; --", "NULL", "0", "00", "1e0", " ", " a", "a ", "\t", "\n", "\r\n", "\x7f",
	"ä", "a\u0308", "ß", "ss", "İ", "日本", "🚀", "\u200b", "\u2028", "<b>&amp;</b>", `{"a":1}`, `\u0041`, "\ufeff",
}

// isolates gives each function its own records, deletes every other one, and looks at all of them.
func isolates(t *testing.T, p *place, ids []function.ID) {
	own := func(id function.ID) (*function.Function, *function.Version, *function.Alias) {
		f, v, a := NewFunction(id.Name), NewVersion(id, 1), NewAlias(id, "LIVE")
		f.ID, f.Latest.Function = id, id
		f.Latest.RevisionID, v.RevisionID, a.RevisionID = id.ARN(), id.ARN(), id.ARN()
		return f, v, a
	}
	p.write(t, func(tx function.Tx) error {
		for _, id := range ids {
			f, v, a := own(id)
			if err := put(tx, f, v, a); err != nil {
				return err
			}
		}
		return nil
	})
	for i, id := range ids {
		if i%2 == 0 {
			p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(id) })
		}
	}
	for i, id := range ids {
		if i%2 == 0 {
			wantMissing(t, p, id)
			continue
		}
		f, v, a := own(id)
		wantSame(t, id.ARN(), getFunction(t, p, id), f)
		wantSame(t, id.ARN(), getVersion(t, p, id, 1), v)
		wantSame(t, id.ARN(), getAlias(t, p, id, "LIVE"), a)
	}
}

func isolatesAliases(t *testing.T, p *place) {
	f := NewFunction("one")
	p.put(t, f)
	for _, odd := range oddStrings {
		p.put(t, NewAlias(f.ID, odd))
	}
	for i, odd := range oddStrings {
		wantSame(t, odd, getAlias(t, p, f.ID, odd), NewAlias(f.ID, odd))
		after := get(t, p, func(r function.Reader) ([]*function.Alias, error) { return r.Aliases(f.ID, odd, 0) })
		for _, a := range after {
			if a.Name <= odd {
				t.Errorf("%q is listed after %q", a.Name, odd)
			}
		}
		p.write(t, func(tx function.Tx) error { return tx.DeleteAlias(f.ID, odd) })
		left := get(t, p, func(r function.Reader) ([]*function.Alias, error) { return r.Aliases(f.ID, "", 0) })
		if len(left) != len(oddStrings)-i-1 {
			t.Fatalf("%d aliases are left when %q is deleted, want %d", len(left), odd, len(oddStrings)-i-1)
		}
	}
}

func keepsOddText(t *testing.T, p *place) {
	f := NewFunction("odd")
	for _, odd := range oddStrings {
		f.Tags[odd], f.Latest.Config.Environment[odd] = odd, odd
		f.Latest.Config.Layers = append(f.Latest.Config.Layers, function.Layer{ARN: odd})
	}
	p.put(t, f)
	wantSame(t, "the function", getFunction(t, p, f.ID), f)
}

func listsScope(t *testing.T, p *place) {
	here, there := NewFunction("f"), NewFunction("g")
	there.ID.Region = "us-east-1"
	there.Latest.Function = there.ID
	p.put(t, here, there)
	for _, f := range []*function.Function{here, there} {
		list := get(t, p, func(r function.Reader) ([]*function.Function, error) { return r.Functions(f.ID.Scope, "", 0) })
		wantSame(t, "the list", list, []*function.Function{f})
	}
}
