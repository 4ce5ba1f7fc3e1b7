package storetest

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// NewRuntimeUpdates returns runtime updates of a qualifier with every field set.
func NewRuntimeUpdates(qualifier string) *function.RuntimeUpdates {
	return &function.RuntimeUpdates{Qualifier: qualifier, Mode: "Manual", ARN: "arn:aws:lambda:eu-central-1::runtime:abc"}
}

var runtimeTests = map[string]func(*testing.T, *place){
	"they are kept for each version, on disk": func(t *testing.T, p *place) {
		f := NewFunction("updated")
		id := f.ID
		p.put(t, f, NewVersion(id, 1))
		p.write(t, func(tx function.Tx) error { return tx.PutRuntimeUpdates(id, NewRuntimeUpdates("1")) })
		p.reopen(t)
		got := get(t, p, func(r function.Reader) (*function.RuntimeUpdates, error) { return r.RuntimeUpdates(id, "1") })
		wantSame(t, "the updates", got, NewRuntimeUpdates("1"))
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.RuntimeUpdates(id, "")
			return err
		})
		wantFault(t, err, fault.NotFound, "runtime")
	},
}
