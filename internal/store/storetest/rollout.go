package storetest

import (
	"io"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// RolloutStore is a rollout.Store that can be closed. Close waits for what runs, and calling it again does nothing.
type RolloutStore interface {
	rollout.Store
	io.Closer
}

// Rollouts runs the suite of rollout.Store. prepare makes an empty place for records, as for Functions.
func Rollouts(t *testing.T, prepare func(t *testing.T) (open func() RolloutStore)) {
	for group, tests := range map[string]map[string]func(*testing.T, *rolloutPlace){
		"applications": applicationTests,
		"groups":       groupTests,
		"configs":      configTests,
		"deployments":  deploymentTests,
		"queries":      queryTests,
		"renames":      renameTests,
		"transactions": rolloutTransactionTests,
	} {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					open := prepare(t)
					test(t, &rolloutPlace{open(), open})
				})
			}
		})
	}
}

// rolloutPlace holds the records of one test, and the store that is open on them.
type rolloutPlace struct {
	RolloutStore
	open func() RolloutStore
}

// reopen closes the store and opens it again, which forgets all that is not on disk.
func (p *rolloutPlace) reopen(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.RolloutStore = p.open()
}

// write runs a closure that must succeed.
func (p *rolloutPlace) write(t testing.TB, closure func(tx rollout.Tx) error) {
	t.Helper()
	if err := p.WriteRollouts(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

// put writes applications, groups, configurations and deployments in one transaction.
func (p *rolloutPlace) put(t testing.TB, records ...any) {
	t.Helper()
	p.write(t, func(tx rollout.Tx) error { return putRollouts(tx, records...) })
}

func putRollouts(tx rollout.Tx, records ...any) error {
	for _, record := range records {
		var err error
		switch r := record.(type) {
		case *rollout.Application:
			err = tx.PutApplication(r)
		case *rollout.Group:
			err = tx.PutGroup(r)
		case *rollout.Config:
			err = tx.PutConfig(r)
		case *rollout.Deployment:
			err = tx.PutDeployment(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// getRollout reads what must be there.
func getRollout[T any](t testing.TB, p *rolloutPlace, read func(r rollout.Reader) (T, error)) (found T) {
	t.Helper()
	err := p.ReadRollouts(t.Context(), func(r rollout.Reader) (err error) {
		found, err = read(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// wantNone checks that a read or a deletion does not find a noun.
func wantNone(t *testing.T, p *rolloutPlace, noun string, try func(tx rollout.Tx) error) {
	t.Helper()
	wantFault(t, p.WriteRollouts(t.Context(), try), fault.NotFound, noun)
}
