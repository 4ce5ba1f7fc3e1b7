package function

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// Provision asks for processes of a published version, or of those that an alias points to, that are initialised before
// a call comes.
//
// On an alias with two versions each version gets its share by weight, rounded up, and while a deployment moves the alias each
// of its two versions gets the whole number: shifted traffic meets no process that has to start first.
type Provision struct {
	Function   ID
	Qualifier  string // a number or an alias
	Concurrent int    // processes, and calls at once that they are for; 1 or more
	Modified   time.Time
}

// ProvisionState is a provision and how far it is.
type ProvisionState struct {
	Provision
	// Ready is how many processes are initialised, of at most Concurrent. It counts those of a version that the alias has
	// left until those of the new one are ready.
	Ready  int
	Status ProvisionStatus
	// Reason says why Status is ProvisionFailed.
	Reason string
}

// ProvisionStatus says how far a provision is.
type ProvisionStatus uint8

// The states of a provision.
const (
	ProvisionInProgress ProvisionStatus = iota // processes are being started
	ProvisionReady
	ProvisionFailed // some could not be started, and are not tried again until the provision is put again
)

// Provision keeps n processes initialised for a version or an alias, and answers before they are.
// Errors: fault.NotFound "function" (for a version too), "alias"; fault.Invalid "unpublished" for $LATEST, "weighted
// alias", "provisioned" over the function's reservation, "concurrency" over what the account has left; fault.Conflict
// "provisioned" for a version that has its provision already, by itself or through an alias.
func (s *Service) Provision(ctx context.Context, id ID, qualifier string, n int) (*ProvisionState, error) {
	p := &Provision{Function: id, Qualifier: qualifier, Concurrent: n, Modified: now()}
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		version, err := provisionable(tx, id, qualifier)
		if err != nil {
			return err
		}
		if err := checkSole(tx, p, version); err != nil {
			return err
		}
		if err := checkProvision(tx, p); err != nil {
			return err
		}
		return tx.PutProvision(p)
	})
	if err != nil {
		return nil, err
	}
	s.table.refreshQuota(ctx, id)
	s.table.refreshProvisions(ctx, id)
	state, err := s.table.provisionState(ctx, p)
	if err != nil {
		return nil, err
	}
	state.Status, state.Reason = ProvisionInProgress, "" // as AWS answers, whatever is there already
	return state, nil
}

// Unprovision ends a provision; that there is none is no error (recording test_provisioned_concurrency_exceptions).
// Errors: fault.NotFound "function" (for a version too), "alias"; fault.Invalid "provisioned" for $LATEST.
func (s *Service) Unprovision(ctx context.Context, id ID, qualifier string) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if err := checkQualified(tx, id, qualifier); err != nil {
			return err
		}
		if err := tx.DeleteProvision(id, qualifier); !fault.Is(err, fault.NotFound, "") {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.table.refreshProvisions(ctx, id)
	s.table.refreshQuota(ctx, id)
	return nil
}

// Provisioned returns a provision and how far it is.
// Errors: fault.NotFound "function" (for a version too), "alias", "provision"; fault.Invalid "provisioned" for $LATEST.
func (s *Service) Provisioned(ctx context.Context, id ID, qualifier string) (*ProvisionState, error) {
	var p *Provision
	err := s.store.ReadFunctions(ctx, func(r Reader) (err error) {
		if err := checkQualified(r, id, qualifier); err != nil {
			return err
		}
		p, err = r.Provision(id, qualifier)
		if fault.Is(err, fault.NotFound, "") {
			return fault.Errorf(fault.NotFound, "provision", "No Provisioned Concurrency Config found for this function")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.table.provisionState(ctx, p)
}

// Provisions lists a function's provisions by qualifier, and says whether there are more behind the last.
// Errors: fault.NotFound "function".
func (s *Service) Provisions(ctx context.Context, id ID, page Page) (states []*ProvisionState, more bool, err error) {
	var all []*Provision
	err = s.store.ReadFunctions(ctx, func(r Reader) (err error) {
		if _, err := r.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		all, err = r.ProvisionsOf(id)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	for _, p := range all {
		if p.Qualifier <= page.After.Name {
			continue
		}
		if page.Limit > 0 && len(states) == page.Limit {
			return states, true, nil
		}
		state, err := s.table.provisionState(ctx, p)
		if err != nil {
			return nil, false, err
		}
		states = append(states, state)
	}
	return states, false, nil
}

// Start takes up what was provisioned before the server was stopped, and returns before the processes are ready. It has to be
// called once, before the first request.
// Errors: those of the store alone; what was taken up until then goes on.
func (s *Service) Start(ctx context.Context) error {
	var all []*Provision
	err := s.store.ReadFunctions(ctx, func(r Reader) (err error) {
		all, err = r.Provisions()
		return err
	})
	for _, p := range all {
		if _, err := s.table.entry(ctx, p.Function); err != nil && !fault.Is(err, fault.NotFound, "") {
			return err
		}
	}
	return err
}
