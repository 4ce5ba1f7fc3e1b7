package executeapi

import (
	"strings"
	"sync"
	"time"
)

// Ask calls an authorizer's function, and returns what it says.
func (v *Visit) Ask(c *Call, event func() ([]byte, error)) ([]byte, *Failure) {
	switch f, err := v.admitted(c); {
	case err != nil || f != nil && f.Reason == NotAllowed:
		return nil, &Failure{Reason: NotAllowed, Detail: "API Gateway may not call the authorizer's function."}
	case f != nil:
		return nil, &Failure{Reason: f.Reason, Detail: "The authorizer leads to no function."}
	}
	asked, err := event()
	if err != nil {
		return nil, &Failure{Detail: err.Error()}
	}
	answer, err := v.invoke(c, asked)
	v.Integration = 0 // that is the time of the method's or the route's integration
	if err != nil {
		return nil, &Failure{Detail: err.Error()}
	}
	if !answer.Failed {
		return answer.Payload, nil
	}
	message := ErrorMessage(answer.Payload)
	if message == "Unauthorized" {
		return nil, &Failure{Reason: Unauthorized, Detail: message}
	}
	return nil, &Failure{Reason: Failed, Detail: "The authorizer failed: " + message}
}

// maxDecisions is how many decisions a stage remembers.
const maxDecisions = 1000

// Decisions are what a stage's authorizers said, by what identified the caller. T is the kind of the API's form of it. The zero
// Decisions remember nothing yet. Many goroutines may use them at once.
type Decisions[T any] struct {
	mu   sync.Mutex
	kept map[string]decision[T] // guarded by mu
}

type decision[T any] struct {
	said  *T
	until time.Time
}

// Decide returns what an authorizer said of the caller whom the sources identify, if it is remembered now, or else what it says when
// it is asked. That is remembered for the lifetime; not at all if that is zero, or if nothing identifies the caller.
func (d *Decisions[T]) Decide(authorizer string, sources []string, now time.Time, lifetime time.Duration, ask func() (*T, *Failure)) (*T, *Failure) {
	if lifetime <= 0 || len(sources) == 0 {
		return ask()
	}
	key := authorizer + "\x00" + strings.Join(sources, "\x00")
	if said, known := d.get(key, now); known {
		return said, nil
	}
	said, f := ask()
	if f == nil {
		d.put(key, said, now.Add(lifetime))
	}
	return said, f
}

func (d *Decisions[T]) get(key string, at time.Time) (*T, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.kept[key]
	return k.said, ok && at.Before(k.until)
}

func (d *Decisions[T]) put(key string, said *T, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept == nil || len(d.kept) >= maxDecisions {
		d.kept = map[string]decision[T]{}
	}
	d.kept[key] = decision[T]{said, until}
}
