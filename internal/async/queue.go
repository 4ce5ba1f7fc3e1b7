package async

import (
	"time"

	"sluice/internal/function"
)

// queue is the events of a function.
//
// A function that is throttled has no more events running than it took at last, and if it took none, a single one tries
// until one gets through: the others stay in the queue. If each were refused by itself, all of a long queue would wait for
// minutes behind a function that can run one at a time, and the last grow too old.
type queue struct {
	id    function.ID
	again []int64 // those whose time has come again; they go before
	fresh []int64 // those that were not tried yet
	later int     // how many are on the agenda

	running int
	allowed int       // how many may run
	streak  int       // how many ran since the last that was refused, or since more were allowed
	until   time.Time // the queue is paused till then; zero if it is not
	ready   bool      // the dispatcher has it among those that are
}

// probation is how often as many must have run as are allowed before one more is.
const probation = 4

func (q *queue) length() int  { return len(q.again) + len(q.fresh) }
func (q *queue) paused() bool { return !q.until.IsZero() }

// next takes the first event off the queue.
func (q *queue) next() int64 {
	from := &q.again
	if len(q.again) == 0 {
		from = &q.fresh
	}
	number := (*from)[0]
	if *from = (*from)[1:]; len(*from) == 0 {
		*from = nil
	}
	return number
}

// recall puts an event into the queue whose time has come. That of the event for which the queue is paused ends the pause.
func (q *queue) recall(number int64, now time.Time) {
	q.later--
	q.again = append(q.again, number)
	if q.paused() && !now.Before(q.until) {
		q.until = time.Time{}
	}
}

// learn takes the end of a try into account. A pause that would be over is none: the event that ends it may be in the queue
// already.
func (q *queue) learn(p progress, most int, now time.Time) {
	q.running--
	switch {
	case !p.refused.IsZero():
		q.streak, q.allowed = 0, max(1, min(q.allowed, q.running))
		if q.running == 0 && now.Before(p.refused) {
			q.until = p.refused
		}
	case p.ran:
		if q.streak++; q.streak >= probation*q.allowed {
			q.streak, q.allowed = 0, min(most, q.allowed+1)
		}
	}
}
