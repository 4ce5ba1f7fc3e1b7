package apigateway

import (
	"fmt"
	"slices"
	"testing"
)

// written are patches as texts: OPERATION PATH VALUE.
func (p patches) written() (all []string) {
	for _, each := range p {
		patch := each.(members)
		text := fmt.Sprint(patch["op"], " ", patch["path"])
		if value, there := patch["value"]; there {
			text += fmt.Sprint(" ", value)
		}
		all = append(all, text)
	}
	return all
}

func TestPatches(t *testing.T) {
	for name, tt := range map[string]struct {
		patch func(p *patches)
		want  []string
	}{
		"a table": {func(p *patches) {
			p.table(members{"gone": "1", "stays": "1", "other": "1"}, members{"stays": 1, "other": "2", "a/b~c": "3"}, "/variables")
		}, []string{"remove /variables/gone", "replace /variables/a~1b~0c 3", "replace /variables/other 2"}},
		"a table that begins": {func(p *patches) { p.table(nil, members{"a": "1"}, "/v") }, []string{"replace /v/a 1"}},
		"a table that ends":   {func(p *patches) { p.table(members{"a": "1"}, nil, "/v") }, []string{"remove /v/a"}},
		"a list of values": {func(p *patches) {
			p.list([]any{"gone", "stays"}, []any{"stays", "new"}, "/l", false)
		}, []string{"remove /l gone", "add /l new"}},
		"a list in paths": {func(p *patches) {
			p.list([]any{"image/png"}, []any{"a/b"}, "/binaryMediaTypes", true)
		}, []string{"remove /binaryMediaTypes/image~1png", "add /binaryMediaTypes/a~1b"}},
		"where requests are logged": {func(p *patches) {
			p.accessLog(members{"Format": "a", "DestinationArn": "arn"}, members{"Format": "b", "DestinationArn": "arn"})
		}, []string{"remove /accessLogSettings", "replace /accessLogSettings/destinationArn arn", "replace /accessLogSettings/format b"}},
		"logged as before": {func(p *patches) {
			p.accessLog(members{"Format": "a"}, members{"Format": "a"})
		}, nil},
		"settings of methods": {func(p *patches) {
			p.methods([]any{
				members{"ResourcePath": "/*", "HttpMethod": "*", "MetricsEnabled": true},
				members{"ResourcePath": "/gone", "HttpMethod": "GET", "LoggingLevel": "INFO"},
			}, []any{
				members{"ResourcePath": "/*", "HttpMethod": "*", "MetricsEnabled": true},
				members{"ResourcePath": "/", "HttpMethod": "PUT", "ThrottlingRateLimit": 5, "ThrottlingBurstLimit": "2"},
				members{"ResourcePath": "/nothing", "HttpMethod": "GET"},
			})
		}, []string{"remove /gone/GET", "replace /~1/PUT/throttling/burstLimit 2", "replace /~1/PUT/throttling/rateLimit 5"}},
		"a canary": {func(p *patches) {
			p.canary(members{"PercentTraffic": 5}, members{"PercentTraffic": "10", "StageVariableOverrides": members{"b": "2", "a": "1"}})
		}, []string{
			"remove /canarySettings", "replace /canarySettings/percentTraffic 10", "replace /canarySettings/stageVariableOverrides/a 1",
			"replace /canarySettings/stageVariableOverrides/b 2",
		}},
		"the stages of a plan": {func(p *patches) {
			limit := func(rate int) members { return members{"/pets/GET": members{"RateLimit": rate, "BurstLimit": 1}} }
			p.planStages([]any{
				members{"ApiId": "gone", "Stage": "live"}, members{"ApiId": "stays", "Stage": "live", "Throttle": limit(1)},
			}, []any{
				members{"ApiId": "stays", "Stage": "live", "Throttle": limit(2)}, members{"ApiId": "new", "Stage": "live"},
			})
		}, []string{
			"remove /apiStages gone:live", "add /apiStages new:live", "remove /apiStages/stays:live/throttle",
			"replace /apiStages/stays:live/throttle/~1pets/GET/burstLimit 1", "replace /apiStages/stays:live/throttle/~1pets/GET/rateLimit 2",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var p patches
			tt.patch(&p)
			if got := p.written(); !slices.Equal(got, tt.want) {
				t.Errorf("it is\n%q, want\n%q", got, tt.want)
			}
		})
	}
}
