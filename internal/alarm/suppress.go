package alarm

import (
	"time"

	"sluice/internal/clock"
)

// after returns what holds a composite alarm's actions back, from what held them before. changed is the alarm's status
// before it changed, nil if it did not; ringing says whether the suppressor rings.
//
// A change's actions wait for the suppressor to ring; while it rings they are held back, and after it for the extension.
// A change that comes while they are held back starts no wait of its own (CloudWatch User Guide, "Composite alarm action
// suppression").
func (s Suppression) after(c *Composite, changed *Status, ringing bool, now time.Time, scale clock.Scale) Suppression {
	if changed != nil && s.Held == nil {
		s.Held = changed
	}
	by := s.By
	switch {
	case c.Suppressor == "":
		by = NotSuppressed
	case ringing:
		by = SuppressedByAlarm
	case s.By == SuppressedByAlarm && c.Extension > 0:
		by = SuppressedByAfter
	case s.By == SuppressedByAlarm:
		by = NotSuppressed
	case s.By == NotSuppressed && changed != nil && c.Wait > 0:
		by = SuppressedByWait
	case s.over(c, now, scale):
		by = NotSuppressed
	}
	if by != s.By {
		s.By, s.Since, s.Reason = by, now, suppressionReason(by, c.Suppressor)
	}
	return s
}

// until is when a wait or an extension ends; the zero time if nothing ends by itself.
func (s Suppression) until(c *Composite, scale clock.Scale) time.Time {
	switch s.By {
	case SuppressedByWait:
		return s.Since.Add(scale.Here(c.Wait))
	case SuppressedByAfter:
		return s.Since.Add(scale.Here(c.Extension))
	}
	return time.Time{}
}

func (s Suppression) over(c *Composite, now time.Time, scale clock.Scale) bool {
	end := s.until(c, scale)
	return !end.IsZero() && !now.Before(end)
}

// released returns the change whose actions are to run now, nil if there is none, and what is left of the suppression. A
// state that was left and come back to while actions were held back is no change.
func (s Suppression) released(now Status) (*Pending, Suppression) {
	if s.By != NotSuppressed || s.Held == nil {
		return nil, s
	}
	held := *s.Held
	s.Held = nil
	if held.State == now.State {
		return nil, s
	}
	now.Suppressed, held.Suppressed = Suppression{}, Suppression{}
	return &Pending{Before: held, After: now}, s
}

func suppressionReason(by Suppressor, suppressor string) string {
	switch by {
	case SuppressedByAlarm:
		return "Actions are suppressed by " + suppressor + ", which is in ALARM"
	case SuppressedByWait:
		return "Actions wait for " + suppressor + " to go into ALARM"
	case SuppressedByAfter:
		return "Actions wait since " + suppressor + " went out of ALARM"
	}
	return ""
}
