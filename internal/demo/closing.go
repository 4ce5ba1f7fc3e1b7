package demo

import "time"

// sight is one answer of an alias, as its caller saw it.
type sight struct {
	sent, seen time.Time
	version    string
	split      bool // two versions shared the alias when the server chose
}

// closing is how a version's traffic came to an end, as the callers saw it.
type closing struct {
	at  time.Time // zero if the traffic was not seen to end
	met int       // requests that the version answered
	of  int       // requests that were sent since the release began and until at
}

// closed says how the traffic of a version ended. It is over for sure with the first answer of another version alone to
// a request that was sent after all those that still found two versions, or the one, on the alias. That is a request's
// time later than it happened, at most.
func closed(sights []sight, began time.Time, version string) (c closing) {
	var open time.Time // when the last was sent that found the version on the alias
	for _, s := range sights {
		if s.version == version {
			c.met++
		}
		if (s.split || s.version == version) && s.sent.After(open) {
			open = s.sent
		}
	}
	for _, s := range sights {
		if !s.split && s.version != version && s.sent.After(open) && (c.at.IsZero() || s.seen.Before(c.at)) {
			c.at = s.seen
		}
	}
	for _, s := range sights {
		if !s.sent.Before(began) && s.sent.Before(c.at) {
			c.of++
		}
	}
	return c
}
