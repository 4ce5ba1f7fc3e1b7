package async_test

import (
	"testing"
	"time"

	"sluice/internal/metric"
)

func TestMeasuresOfEvents(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		pass(time.Hour)
		s.wantMeasured(metric.EventReceived, 1)
		s.wantMeasured(metric.EventDropped, 1)
		s.wantMeasured(metric.EventAge, 0, 60_000, 180_000)
	})
}

func TestMeasuresAreOfWhatWasAskedFor(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.submitTo("live", "1")
		s.wantMeasured(metric.EventReceived)
		s.wantMeasuredOf("f", "live", metric.EventReceived, 1)
	})
}
