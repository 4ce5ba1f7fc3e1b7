package storetest

import (
	"testing"

	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
)

func (p *eventPlace) putConfigs(t *testing.T, qualifiers ...string) {
	t.Helper()
	p.write(t, func(tx async.Tx) error {
		for _, q := range qualifiers {
			if err := tx.PutEventConfig(NewEventConfig(ofF, q)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *eventPlace) configured(t *testing.T, id function.ID) (qualifiers []string) {
	t.Helper()
	err := p.ReadEvents(t.Context(), func(r async.Reader) error {
		configs, err := r.EventConfigs(id)
		for _, c := range configs {
			qualifiers = append(qualifiers, c.Qualifier)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return qualifiers
}

var eventConfigTests = map[string]func(*testing.T, *eventPlace){
	"every field is kept, on disk": func(t *testing.T, p *eventPlace) {
		p.putConfigs(t, "live")
		p.reopen(t)
		err := p.ReadEvents(t.Context(), func(r async.Reader) error {
			c, err := r.EventConfig(ofF, "live")
			if err == nil {
				wantSame(t, "the configuration", c, NewEventConfig(ofF, "live"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	},
	"they are listed by qualifier, those of one function": func(t *testing.T, p *eventPlace) {
		p.putConfigs(t, "live", "1", "$LATEST")
		wantSame(t, "those of f", p.configured(t, ofF), []string{"$LATEST", "1", "live"})
		if left := p.configured(t, ofG); left != nil {
			t.Errorf("those of g: %q", left)
		}
	},
	"a missing one is not found": func(t *testing.T, p *eventPlace) {
		err := p.ReadEvents(t.Context(), func(r async.Reader) error { _, err := r.EventConfig(ofF, "live"); return err })
		wantFault(t, err, fault.NotFound, "event config")
		err = p.WriteEvents(t.Context(), func(tx async.Tx) error { return tx.DeleteEventConfig(ofF, "live") })
		wantFault(t, err, fault.NotFound, "event config")
	},
	"it goes with its alias": func(t *testing.T, p *eventPlace) {
		p.putConfigs(t, "live", "1")
		p.functions(t, func(tx function.Tx) error { return tx.DeleteAlias(ofF, "live") })
		wantSame(t, "what is left", p.configured(t, ofF), []string{"1"})
	},
	"functions are seen beside events": func(t *testing.T, p *eventPlace) {
		err := p.ReadEvents(t.Context(), func(r async.Reader) error { _, err := r.Alias(ofF, "live"); return err })
		if err != nil {
			t.Error(err)
		}
	},
}
