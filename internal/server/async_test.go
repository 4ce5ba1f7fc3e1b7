package server_test

import (
	"bytes"
	"sync"
	"testing"

	"sluice/internal/server"
)

// Events that wait when the function is updated run in what it has become (recording
// test_async_invoke_queue_upon_function_update).
func TestEventsThatWaitRunInTheUpdatedFunction(t *testing.T) {
	begun, released := make(chan struct{}), make(chan struct{})
	begin, release := sync.OnceFunc(func() { close(begun) }), sync.OnceFunc(func() { close(released) })
	m := newMatron(t, func(a asking, _ int) bool {
		if a.event == "1" {
			begin()
			<-released
		}
		return true
	})
	t.Cleanup(release) // whatever fails
	c := startServer(t, func(cfg *server.Config) { cfg.MaxProcesses = 1 })
	c.createAsking("before", m)
	first := c.mustSubmit("before", "1")
	<-begun
	second := c.mustSubmit("before", "2")
	update := object{"Environment": object{"Variables": object{askVariable: m.url + "#after"}}}
	eventually(t, "the update", func() bool { // it is refused while the creation settles
		_, err := c.Lambda(t.Context(), "PUT", "/2015-03-31/functions/before/configuration", update, nil)
		return err == nil
	})
	release()
	eventually(t, "the end of both events", func() bool {
		return m.succeeded(asking{"before", first, "1"}) == 1 && m.succeeded(asking{"after", second, "2"}) == 1
	})
}

func (c caller) mustSubmit(function, event string) (id string) {
	c.t.Helper()
	id, err := c.submit(function, event)
	if err != nil {
		c.t.Fatal(err)
	}
	return id
}

// What becomes of events is in CloudWatch at once.
func TestEventsAreMeasured(t *testing.T) {
	m := newMatron(t, func(asking, int) bool { return false })
	c := startServer(t, func(cfg *server.Config) { cfg.Scale = 6000 })
	c.createAsking("f", m)
	c.mustSubmit("f", "1")
	for _, name := range []string{"AsyncEventsReceived", "AsyncEventsDropped"} {
		eventually(t, name, func() bool {
			var found struct{ Metrics []struct{ MetricName string } }
			in := object{"Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": []object{{"Name": "FunctionName", "Value": "f"}}}
			if err := c.CloudWatch(t.Context(), "ListMetrics", in, &found); err != nil {
				t.Fatal(err)
			}
			return len(found.Metrics) > 0
		})
	}
}

// BenchmarkEvents is the whole way of a signed event invocation to its acknowledgement, which is on disk.
func BenchmarkEvents(b *testing.B) {
	c := startServer(b, nil)
	c.createFunction("f", program())
	b.SetParallelism(16)
	payload := string(bytes.Repeat([]byte("1"), 200))
	b.RunParallel(func(loop *testing.PB) {
		for loop.Next() {
			if _, err := c.submit("f", payload); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
