package bucket

import (
	"context"
	"time"
)

// Blobs that nothing uses any more are removed by sweeps. A blob that was put less than grace ago is left alone: its
// record may be under way. Between sweeps of what is released lies pause, between looks at all blobs round.
const (
	grace = time.Hour
	pause = 10 * time.Minute
	round = time.Hour
)

// Start begins to remove blobs that nothing uses: those that are released, and, first and then every hour, those that no
// record tells of. Such a blob is left by whoever is refused, or killed, between a blob and its record. Close ends it.
func (s *Service) Start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.running.Go(func() {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for collected := (time.Time{}); ; {
			if now().Sub(collected) >= round {
				collected = now()
				s.report(ctx, s.collect(ctx))
			}
			_, err := s.Sweep(ctx)
			s.report(ctx, err)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// report logs why blobs could not be removed.
func (s *Service) report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		s.logger.ErrorContext(ctx, "content that nothing uses can't be removed", "error", err)
	}
}

// collect removes the blobs that nothing uses, released or not. It looks at each blob's age and asks the records for each old
// one.
func (s *Service) collect(ctx context.Context) error {
	before := now().Add(-grace)
	return s.blobs.Old(ctx, before, func(sum string) error {
		_, _, err := s.sweep(ctx, sum, before)
		return err
	})
}

// Close ends what Start began, and waits for it.
func (s *Service) Close() {
	s.stop()
	s.running.Wait()
}

// Sweep removes the blobs that were released an hour ago or earlier and that nothing uses, and returns how many.
func (s *Service) Sweep(ctx context.Context) (removed int, err error) {
	before := now().Add(-grace)
	for {
		released, err := s.released(ctx, before)
		if err != nil || len(released) == 0 {
			return removed, err
		}
		var forget []string
		for _, sum := range released {
			gone, settled, err := s.sweep(ctx, sum, before)
			if err != nil {
				return removed, err
			}
			if gone {
				removed++
			}
			if settled {
				forget = append(forget, sum)
			}
		}
		if err := s.forget(ctx, forget, before); err != nil || len(forget) < batch {
			return removed, err // those that are too young now have their turn in the next sweep
		}
	}
}

func (s *Service) released(ctx context.Context, before time.Time) (found []string, err error) {
	err = s.store.ReadBuckets(ctx, func(r Reader) error {
		found, err = r.Released(before, batch)
		return err
	})
	return found, err
}

// sweep removes a blob if nothing uses it. It is settled if there is nothing to do for it any more until it is released
// again.
func (s *Service) sweep(ctx context.Context, sum string, before time.Time) (gone, settled bool, err error) {
	var used bool
	err = s.store.ReadBuckets(ctx, func(r Reader) error {
		used, err = r.InUse(sum)
		return err
	})
	if err != nil || used || s.pins.has(sum) {
		return false, err == nil && used, err
	}
	gone, err = s.blobs.RemoveUnused(ctx, sum, before)
	return gone, gone, err
}

func (s *Service) forget(ctx context.Context, sums []string, before time.Time) error {
	if len(sums) == 0 {
		return nil
	}
	return s.store.WriteBuckets(ctx, func(tx Tx) error {
		for _, sum := range sums {
			if err := tx.Forget(sum, before); err != nil {
				return err
			}
		}
		return nil
	})
}
