package async_test

import (
	"testing"
	"time"
)

func TestMeasuresOfEvents(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.functions.set("f", fail)
		s.submit("1")
		pass(time.Hour)
		s.wantSum("AsyncEventsReceived", 1)
		s.wantSum("AsyncEventsDropped", 1)
		s.wantSum("AsyncEventAge", 0+60_000+180_000) // milliseconds, at three tries
		if _, samples := s.metrics.sum("AsyncEventAge"); samples != 3 {
			t.Errorf("%v ages", samples)
		}
	})
}

func TestMeasuresHaveTheDimensionsOfInvocations(t *testing.T) {
	onStage(t, nil, func(t *testing.T, s *stage) {
		s.submitTo("live", "1")
		sets := map[string]bool{}
		for _, d := range s.metrics.data {
			if err := d.Check(time.Now()); err != nil || d.Namespace != "AWS/Lambda" || d.Scope != scope {
				t.Errorf("%+v: %v", d, err)
			}
			text := d.Name + " " + d.Unit
			for _, each := range d.Dimensions {
				text += " " + each.Name + "=" + each.Value
			}
			sets[text] = true
		}
		for _, want := range []string{
			"AsyncEventsReceived Count", "AsyncEventsReceived Count FunctionName=f",
			"AsyncEventsReceived Count FunctionName=f Resource=f:live", "AsyncEventAge Milliseconds FunctionName=f Resource=f:live",
		} {
			if !sets[want] {
				t.Errorf("there is no %s among %v", want, sets)
			}
		}
	})
}
