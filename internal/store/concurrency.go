package store

import "sluice/internal/function"

// The settings of concurrency: one reservation a function, one provision a version or alias.
const (
	kindReservation kind = "concurrency"
	kindProvision   kind = "provisioned"
)

// Reservation implements function.Reader.
func (t *tx) Reservation(id function.ID) (*function.Reservation, error) {
	return setting[function.Reservation](t, kindReservation, "reservation", id, "")
}

// Reservations implements function.Reader.
func (t *tx) Reservations() ([]*function.Reservation, error) {
	return allSettings[function.Reservation](t, kindReservation)
}

// PutReservation implements function.Tx.
func (t *tx) PutReservation(r *function.Reservation) error {
	return t.putSetting(kindReservation, r.Function, "", r)
}

// DeleteReservation implements function.Tx.
func (t *tx) DeleteReservation(id function.ID) error {
	return t.deleteSetting(kindReservation, "reservation", id, "")
}

// Provision implements function.Reader.
func (t *tx) Provision(id function.ID, qualifier string) (*function.Provision, error) {
	return setting[function.Provision](t, kindProvision, "provision", id, qualifier)
}

// ProvisionsOf implements function.Reader.
func (t *tx) ProvisionsOf(id function.ID) ([]*function.Provision, error) {
	return settingsOf[function.Provision](t, kindProvision, id)
}

// Provisions implements function.Reader.
func (t *tx) Provisions() ([]*function.Provision, error) {
	return allSettings[function.Provision](t, kindProvision)
}

// PutProvision implements function.Tx.
func (t *tx) PutProvision(p *function.Provision) error {
	return t.putSetting(kindProvision, p.Function, p.Qualifier, p)
}

// DeleteProvision implements function.Tx.
func (t *tx) DeleteProvision(id function.ID, qualifier string) error {
	return t.deleteSetting(kindProvision, "provision", id, qualifier)
}
