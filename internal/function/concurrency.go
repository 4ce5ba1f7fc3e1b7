package function

import (
	"context"

	"sluice/internal/fault"
)

// Reservation sets concurrency of the account aside for one function, and limits the function to it.
type Reservation struct {
	Function ID
	// Concurrent is how many calls may run at once; 0 lets none run.
	Concurrent int
}

// Reserve sets how many calls of a function may run at once, for all its versions together.
// Errors: fault.NotFound "function"; fault.Invalid "concurrency" if less than what is provisioned, or if it leaves less
// than MinUnreserved to the account's other functions.
func (s *Service) Reserve(ctx context.Context, id ID, n int) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(id); err != nil {
			return notFoundAs(err, id, Latest.String()) // recording test_function_concurrency_exceptions
		}
		taken, err := claimsIn(tx, id.Scope)
		if err != nil {
			return err
		}
		own := taken.of(id)
		if n < own.provisioned { // AWS's text has these spaces (recording test_reserved_provisioned_overlap)
			return fault.Errorf(fault.Invalid, "concurrency",
				" ReservedConcurrentExecutions  %d should not be lower than function's total provisioned concurrency [%d].", n, own.provisioned)
		}
		if taken.unclaimed(id)-n < MinUnreserved {
			return fault.Errorf(fault.Invalid, "concurrency",
				"Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [%d].", MinUnreserved)
		}
		return tx.PutReservation(&Reservation{Function: id, Concurrent: n})
	})
	if err == nil {
		s.table.refreshQuota(ctx, id)
	}
	return err
}

// Unreserve takes a function's reservation back; that there is none is no error.
// Errors: fault.NotFound "function".
func (s *Service) Unreserve(ctx context.Context, id ID) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		if _, err := tx.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		if err := tx.DeleteReservation(id); !fault.Is(err, fault.NotFound, "") {
			return err
		}
		return nil
	})
	if err == nil {
		s.table.refreshQuota(ctx, id)
	}
	return err
}

// Reservation returns how many calls of a function may run at once, and whether that is set. Set to 0 none may: who
// queues calls need not try them then.
// Errors: fault.NotFound "function".
func (s *Service) Reservation(ctx context.Context, id ID) (n int, set bool, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		if _, err := r.Function(id); err != nil {
			return notFoundAs(err, id, "")
		}
		reservation, err := r.Reservation(id)
		if fault.Is(err, fault.NotFound, "") {
			return nil
		} else if err != nil {
			return err
		}
		n, set = reservation.Concurrent, true
		return nil
	})
	return n, set, err
}

// claim is what a function has of the account's concurrency.
type claim struct {
	reserved    int // -1: nothing is reserved
	provisioned int
}

// noClaim is that of a function for which nothing is reserved or provisioned.
var noClaim = claim{reserved: -1}

// size is what the claim leaves less for others: what is provisioned is a part of what is reserved.
func (c claim) size() int { return max(c.reserved, c.provisioned) }

// claims are those of the functions in a scope that have any.
type claims map[ID]claim

// claimsIn reads the claims in a scope. A function that has none reads as one that reserved nothing.
func claimsIn(r Reader, scope Scope) (claims, error) {
	reservations, err := r.Reservations()
	if err != nil {
		return nil, err
	}
	provisions, err := r.Provisions()
	if err != nil {
		return nil, err
	}
	taken := claims{}
	for _, p := range provisions {
		if p.Function.Scope == scope {
			taken[p.Function] = claim{reserved: -1, provisioned: taken[p.Function].provisioned + p.Concurrent}
		}
	}
	for _, each := range reservations {
		if each.Function.Scope == scope {
			taken[each.Function] = claim{reserved: each.Concurrent, provisioned: taken[each.Function].provisioned}
		}
	}
	return taken, nil
}

// of returns a function's claim.
func (c claims) of(id ID) claim {
	if own, ok := c[id]; ok {
		return own
	}
	return noClaim
}

// unclaimed is what the account has left without the claim of one function.
func (c claims) unclaimed(without ID) int {
	left := AccountConcurrency
	for id, each := range c {
		if id != without {
			left -= each.size()
		}
	}
	return left
}
