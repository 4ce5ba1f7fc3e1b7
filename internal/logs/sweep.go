package logs

import (
	"time"

	"sluice/internal/fault"
)

const (
	// sweepAfter is when the first sweep comes, so that it is not in the way of a start.
	sweepAfter = time.Minute
	sweepEvery = time.Hour
)

// sweep removes expired events from the disk now and then, until Close. Retention is in days of real time, whatever the
// time scale is.
func (s *Service) sweep() {
	timer := time.NewTimer(sweepAfter)
	defer timer.Stop()
	for {
		select {
		case <-s.stopping:
			return
		case <-timer.C:
			s.trim()
			timer.Reset(sweepEvery)
		}
	}
}

// trim removes what has expired of all groups with a retention.
func (s *Service) trim() {
	for _, e := range s.entries() {
		if g := e.record.Load(); g != nil && g.Retention > 0 {
			if err := s.trimGroup(g); err != nil {
				s.cfg.Logger.Error("remove expired log events", "group", g.ID.Name, "error", err)
			}
		}
		s.release(e)
	}
}

func (s *Service) trimGroup(g *Group) error {
	streams, err := s.cfg.Files.Streams(g.ID)
	if err != nil {
		return err
	}
	for _, stream := range streams {
		if s.closed() {
			return nil
		}
		err := s.cfg.Files.Trim(stream.ID, oldest(now(), g.Retention))
		if err != nil && !fault.Is(err, fault.NotFound, "stream") {
			return err
		}
	}
	return nil
}
