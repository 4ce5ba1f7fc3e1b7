package logs

import (
	"context"
	"sort"
	"time"

	"sluice/internal/fault"
)

// PutEvents adds events, whose times must not decrease. It returns when they are written.
func (s *Service) PutEvents(ctx context.Context, id StreamID, events []Event) (Rejected, error) {
	e := s.acquire(id.Group)
	defer s.release(e)
	g, err := s.existing(e)
	if err != nil {
		return Rejected{}, err
	}
	if err := checkBatch(events); err != nil {
		return Rejected{}, err
	}
	rejected := reject(events, g.Retention, now())
	taken := events[max(rejected.TooOld, rejected.Expired) : len(events)-rejected.TooNew]
	if err := checkSpan(taken); err != nil {
		return Rejected{}, err
	}
	if err := s.cfg.Files.Put(id, taken); err != nil {
		return Rejected{}, err
	}
	if m := e.matcher.Load(); m != nil {
		for _, event := range taken {
			m.add(event.Time, event.Message)
		}
	}
	return rejected, nil
}

// checkBatch has AWS's words, as people report them (dibog/cloudwatch-logback-appender issue 17 and others).
func checkBatch(events []Event) error {
	if len(events) == 0 || len(events) > MaxBatchEvents {
		return fault.Errorf(fault.Invalid, "events", "A batch has 1 to %d log events, not %d", MaxBatchEvents, len(events))
	}
	total := 0
	for i, event := range events {
		size := len(event.Message) + eventOverhead
		if total += size; size > MaxBatchBytes {
			return fault.Errorf(fault.Invalid, "events", "Log event too large: %d bytes exceeds limit of %d", size, MaxBatchBytes)
		}
		if i > 0 && event.Time.Before(events[i-1].Time) {
			return fault.Errorf(fault.Invalid, "events",
				"Log events in a single PutLogEvents request must be in chronological order.")
		}
	}
	if total > MaxBatchBytes {
		return fault.Errorf(fault.Invalid, "events", "Upload too large: %d bytes exceeds limit of %d", total, MaxBatchBytes)
	}
	return nil
}

// reject counts what is too old, expired or too new of events in the order of time.
func reject(events []Event, retention int, now time.Time) Rejected {
	until := func(limit time.Time) int {
		return sort.Search(len(events), func(i int) bool { return !events[i].Time.Before(limit) })
	}
	var r Rejected
	r.TooOld = until(now.Add(-MaxAge))
	if retention > 0 {
		r.Expired = until(oldest(now, retention))
	}
	r.TooNew = len(events) - until(now.Add(MaxAhead+time.Millisecond))
	return r
}

// oldest is the first time that a retention of some days keeps.
func oldest(now time.Time, days int) time.Time { return now.AddDate(0, 0, -days) }

func checkSpan(events []Event) error {
	if len(events) > 0 && events[len(events)-1].Time.Sub(events[0].Time) > maxSpan {
		return fault.Errorf(fault.Invalid, "events",
			"The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
	}
	return nil
}
