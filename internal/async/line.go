package async

import (
	"time"

	"sluice/internal/function"
)

// line is the events of a function.
//
// A function that is throttled has no more events running than it took at last, and if it took none, a single one tries
// until one gets through: the others stay in the line. If each were refused by itself, all of a long line would wait for
// minutes behind a function that can run one at a time, and the last grow too old.
type line struct {
	id    function.ID
	again []int64 // those whose time has come again; they go before
	fresh []int64 // those that were not tried yet
	later int     // how many are on the agenda

	running int
	allowed int       // how many may run
	streak  int       // how many ran since the last that was refused, or since more were allowed
	until   time.Time // the line is paused till then; zero if it is not
	ready   bool      // the dispatcher has it among those that are
}

// probation is how often as many must have run as are allowed before one more is.
const probation = 4

func (l *line) length() int  { return len(l.again) + len(l.fresh) }
func (l *line) paused() bool { return !l.until.IsZero() }

// next takes the first event off the line.
func (l *line) next() int64 {
	queue := &l.again
	if len(l.again) == 0 {
		queue = &l.fresh
	}
	number := (*queue)[0]
	if *queue = (*queue)[1:]; len(*queue) == 0 {
		*queue = nil
	}
	return number
}

// recall puts an event into the line whose time has come. That of the event for which the line is paused ends the pause.
func (l *line) recall(number int64, now time.Time) {
	l.later--
	l.again = append(l.again, number)
	if l.paused() && !now.Before(l.until) {
		l.until = time.Time{}
	}
}

// learn takes the end of a try into account. A pause that would be over is none: the event that ends it may be in the line
// already.
func (l *line) learn(p progress, most int, now time.Time) {
	l.running--
	switch {
	case !p.refused.IsZero():
		l.streak, l.allowed = 0, max(1, min(l.allowed, l.running))
		if l.running == 0 && now.Before(p.refused) {
			l.until = p.refused
		}
	case p.ran:
		if l.streak++; l.streak >= probation*l.allowed {
			l.streak, l.allowed = 0, min(most, l.allowed+1)
		}
	}
}
