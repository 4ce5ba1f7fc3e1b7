package storetest

import (
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// NewReservation returns a reservation with every field set.
func NewReservation(id function.ID) *function.Reservation {
	return &function.Reservation{Function: id, Concurrent: 7}
}

// NewProvision returns a provision with every field set.
func NewProvision(id function.ID, qualifier string) *function.Provision {
	return &function.Provision{Function: id, Qualifier: qualifier, Concurrent: 3, Modified: when.Add(time.Minute)}
}

var reservationTests = map[string]func(*testing.T, *place){
	"a reservation is kept, on disk": func(t *testing.T, p *place) {
		id := p.reserve(t, "f")
		p.reopen(t)
		got := get(t, p, func(r function.Reader) (*function.Reservation, error) { return r.Reservation(id) })
		wantSame(t, "the reservation", got, NewReservation(id))
	},
	"a reservation of none is one": func(t *testing.T, p *place) {
		id := p.reserve(t, "f")
		p.write(t, func(tx function.Tx) error { return tx.PutReservation(&function.Reservation{Function: id}) })
		got := get(t, p, func(r function.Reader) (*function.Reservation, error) { return r.Reservation(id) })
		wantSame(t, "the reservation", got, &function.Reservation{Function: id})
	},
	"reservations of all functions are listed": func(t *testing.T, p *place) {
		a, b := p.reserve(t, "a"), p.reserve(t, "b")
		got := get(t, p, func(r function.Reader) ([]*function.Reservation, error) { return r.Reservations() })
		wantSame(t, "the reservations", got, []*function.Reservation{NewReservation(a), NewReservation(b)})
	},
	"a reservation goes by itself, and with its function": func(t *testing.T, p *place) {
		a, b := p.reserve(t, "a"), p.reserve(t, "b")
		p.write(t, func(tx function.Tx) error { return tx.DeleteReservation(a) })
		p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(b) })
		got := get(t, p, func(r function.Reader) ([]*function.Reservation, error) { return r.Reservations() })
		wantSame(t, "the reservations", len(got), 0)
		err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteReservation(a) })
		wantFault(t, err, fault.NotFound, "reservation")
	},
	"provisions are kept, on disk, in the order of their qualifiers": func(t *testing.T, p *place) {
		id := p.provide(t, "f", "live", "1")
		p.reopen(t)
		wantProvisions(t, p, NewProvision(id, "1"), NewProvision(id, "live"))
		got := get(t, p, func(r function.Reader) ([]*function.Provision, error) { return r.ProvisionsOf(id) })
		wantSame(t, "the function's provisions", got, []*function.Provision{NewProvision(id, "1"), NewProvision(id, "live")})
		one := get(t, p, func(r function.Reader) (*function.Provision, error) { return r.Provision(id, "live") })
		wantSame(t, "the provision", one, NewProvision(id, "live"))
	},
	"a provision goes by itself": func(t *testing.T, p *place) {
		id := p.provide(t, "f", "live", "1")
		p.write(t, func(tx function.Tx) error { return tx.DeleteProvision(id, "1") })
		wantProvisions(t, p, NewProvision(id, "live"))
		err := p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteProvision(id, "1") })
		wantFault(t, err, fault.NotFound, "provision")
	},
	"a provision goes with its version, alias or function": func(t *testing.T, p *place) {
		id, other := p.provide(t, "f", "live", "1", "2"), p.provide(t, "g", "1")
		p.put(t, NewVersion(id, 1), NewAlias(id, "live"))
		p.write(t, func(tx function.Tx) error { return tx.DeleteVersion(id, 1) })
		p.write(t, func(tx function.Tx) error { return tx.DeleteAlias(id, "live") })
		p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(other) })
		wantProvisions(t, p, NewProvision(id, "2"))
	},
}

// reserve puts a function with a reservation.
func (p *place) reserve(t *testing.T, name string) function.ID {
	t.Helper()
	f := NewFunction(name)
	p.put(t, f)
	p.write(t, func(tx function.Tx) error { return tx.PutReservation(NewReservation(f.ID)) })
	return f.ID
}

// provide puts a function with provisions.
func (p *place) provide(t *testing.T, name string, qualifiers ...string) function.ID {
	t.Helper()
	f := NewFunction(name)
	p.put(t, f)
	for _, q := range qualifiers {
		p.write(t, func(tx function.Tx) error { return tx.PutProvision(NewProvision(f.ID, q)) })
	}
	return f.ID
}

func wantProvisions(t *testing.T, p *place, want ...*function.Provision) {
	t.Helper()
	got := get(t, p, func(r function.Reader) ([]*function.Provision, error) { return r.Provisions() })
	wantSame(t, "the provisions", got, want)
}
