package async_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// limited is a function that takes no more than some calls at once, and counts those that it refuses.
type limited struct {
	most             atomic.Int64
	running, refused atomic.Int64
}

func (l *limited) play(ctx context.Context) (function.Answer, error) {
	if l.running.Add(1) > l.most.Load() {
		l.running.Add(-1)
		l.refused.Add(1)
		return throttle(ctx)
	}
	defer l.running.Add(-1)
	time.Sleep(time.Second) // of the bubble
	return succeed(ctx)
}

func sixteen(cfg *async.ServiceConfig) { cfg.EachAtOnce = 16 }

// A long queue behind a function that runs one at a time gets through, nearly as fast as the function can.
func TestALongQueueGetsThroughANarrowFunction(t *testing.T) {
	onStage(t, sixteen, func(t *testing.T, s *stage) {
		l := &limited{}
		l.most.Store(1)
		s.functions.set("f", l.play)
		const events = 1000
		for range events {
			s.submit("1")
		}
		pass(1100 * time.Second)
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
		if n := l.refused.Load(); n > events/2 {
			t.Errorf("%d tries were refused", n)
		}
		s.wantMeasured(metric.EventDropped)
	})
}

// While nothing gets through a single event tries, and the others run as soon as it does.
func TestAQueueWaitsForAThrottledFunctionTogether(t *testing.T) {
	onStage(t, sixteen, func(t *testing.T, s *stage) {
		l := &limited{}
		s.functions.set("f", l.play)
		for range 100 {
			s.submit("1")
		}
		pass(time.Hour)
		if n := l.refused.Load(); n > 60 {
			t.Errorf("%d tries were refused in an hour", n)
		}
		l.most.Store(16)
		pass(6 * time.Minute)
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
	})
}

// At a great time scale a pause is over before it begins.
func TestAShortPauseEnds(t *testing.T) {
	quick := func(cfg *async.ServiceConfig) { cfg.Scale = 100_000; cfg.EachAtOnce = 1 }
	onStage(t, quick, func(t *testing.T, s *stage) {
		s.functions.set("f", inTurn(throttle, throttle, throttle, succeed))
		for range 3 {
			s.submit("1")
		}
		pass(time.Second)
		synctest.Wait()
		if n := s.left(); n != 0 {
			t.Errorf("%d events are left", n)
		}
	})
}
