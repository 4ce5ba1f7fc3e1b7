package async_test

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// circle has f and sink told of each other's successes.
func (s *stage) circle() {
	s.t.Helper()
	s.configure(async.ConfigChange{Destinations: toSink()})
	back := &async.Destinations{OnSuccess: &async.Destination{ARN: new(id("f").ARN())}}
	if _, err := s.PutConfig(s.t.Context(), id("sink"), "", async.ConfigChange{Destinations: back}); err != nil {
		s.t.Fatal(err)
	}
	s.functions.lenient = true // what f is told has other request ids than what is submitted
	s.functions.set("sink", after(time.Minute, succeed))
	s.submit("1")
}

func (s *stage) callsOf(name string) (n int) {
	s.functions.mu.Lock()
	defer s.functions.mu.Unlock()
	for _, call := range s.functions.calls {
		if strings.Contains(call, " "+name+"(") {
			n++
		}
	}
	return n
}

func TestACircleOfDestinationsIsCut(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.circle()
		pass(time.Hour)
		if f, sink := s.callsOf("f"), s.callsOf("sink"); f != 16 || sink != 16 || s.left() != 0 {
			t.Errorf("f ran %d times, sink %d times", f, sink)
		}
		s.wantMeasured(metric.RecursionStopped, 1)
		s.wantMeasured(metric.DeliveryFailure)
	})
}

func TestACircleGoesOnWhereItIsAllowed(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		for _, name := range []string{"f", "sink"} {
			s.write(func(tx function.Tx) error {
				f, err := tx.Function(id(name))
				if err != nil {
					return err
				}
				f.Recursion = function.RecursionAllowed
				return tx.PutFunction(f)
			})
		}
		s.circle()
		pass(time.Hour)
		if f := s.callsOf("f"); f != 61 {
			t.Errorf("f ran %d times in an hour", f)
		}
	})
}
