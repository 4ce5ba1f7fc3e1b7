package metric_test

import (
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

// covered is a call of a version with two provisioned processes, when n calls were covered.
func covered(at time.Time, n int, provisioned bool) function.Sample {
	sample := call(1, at, time.Millisecond)
	sample.Qualifier, sample.Provision, sample.Covered, sample.Provisioned = "LIVE", 2, n, provisioned
	return sample
}

func TestProvisionedConcurrencyIsMeasured(t *testing.T) {
	at := recent()
	s, _ := metered(1, covered(at, 1, true), covered(at, 2, true), covered(at, 2, false))
	version := []string{"FunctionName", "calculator", "Resource", "calculator:LIVE"}
	for _, tt := range []struct {
		name       string
		dimensions []string
		statistic  metric.Statistic
		want       float64
	}{
		{"ProvisionedConcurrencyInvocations", version, metric.Sum, 2},
		{"ProvisionedConcurrencyInvocations", nil, metric.Sum, 2},
		{"ProvisionedConcurrencySpilloverInvocations", version, metric.Sum, 1},
		{"ProvisionedConcurrencySpilloverInvocations", version[:2], metric.Sum, 1},
		{"ProvisionedConcurrentExecutions", version, metric.Maximum, 2},
		{"ProvisionedConcurrencyUtilization", version, metric.Maximum, 1},
	} {
		if got := single(t, s, lambda(tt.name, tt.dimensions...), tt.statistic, at, time.Minute); got.Value != tt.want {
			t.Errorf("%s of %v: %v, want %v", tt.name, tt.dimensions, got.Value, tt.want)
		}
	}
}

// A call of a version without provisioned concurrency says nothing of it, and neither does one that was throttled.
func TestOnlyProvisionedVersionsMeasureProvisionedConcurrency(t *testing.T) {
	at := recent()
	refused := throttled(covered(at, 2, false))
	s, _ := metered(1, call(1, at, time.Millisecond), refused)
	for _, name := range []string{"ProvisionedConcurrencyInvocations", "ProvisionedConcurrencySpilloverInvocations",
		"ProvisionedConcurrentExecutions", "ProvisionedConcurrencyUtilization"} {
		ids, _, err := s.List(t.Context(), metric.Filter{Scope: scope, Name: name})
		if err != nil || len(ids) != 0 {
			t.Errorf("%s: %v, %v", name, ids, err)
		}
	}
}

func TestTheAccountsConcurrencyIsMeasured(t *testing.T) {
	at := recent()
	first, second := call(1, at, 1), call(1, at, 1)
	first.Unreserved, first.Claimed = 3, 13
	second.Unreserved, second.Claimed, second.Function.Name = 4, 14, "other"
	s, _ := metered(1, first, second)
	for name, want := range map[string]float64{"UnreservedConcurrentExecutions": 4, "ClaimedAccountConcurrency": 14} {
		if got := single(t, s, lambda(name), metric.Maximum, at, time.Minute); got.Value != want {
			t.Errorf("%s: %v, want %v", name, got.Value, want)
		}
	}
}
