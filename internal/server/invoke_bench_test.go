package server_test

import (
	"testing"
)

// BenchmarkInvoke is the whole way of a signed call through a weighted alias, client and function included. Its profile
// shows where a request's time goes: go test -run '^$' -bench Invoke -cpuprofile cpu.out ./internal/server
func BenchmarkInvoke(b *testing.B) {
	c := startServer(b, nil)
	c.createFunction("f", program())
	c.publish("f", "second")
	c.lambda("PUT", "/f/aliases/live", object{"RoutingConfig": object{"AdditionalVersionWeights": object{"2": 0.1}}}, nil)
	b.SetParallelism(4)
	b.ReportAllocs()
	b.RunParallel(func(loop *testing.PB) {
		for loop.Next() {
			if r := c.request("/2015-03-31/functions/f:live/invocations"); r.failure != "" {
				b.Error(r.failure)
				return
			}
		}
	})
}
