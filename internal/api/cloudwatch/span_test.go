package cloudwatch

import (
	"testing"
	"time"
)

func TestBeginning(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(ago time.Duration) time.Time { return now.Add(-ago) }
	const day = 24 * time.Hour
	for _, tt := range []struct {
		name        string
		start, want time.Time
		period      time.Duration
	}{
		{"of minutes, at the minute", at(17*time.Second + 5*time.Minute), at(6 * time.Minute), time.Minute},
		{"of hours, at the minute", at(17*time.Second + 5*time.Minute), at(6 * time.Minute), time.Hour},
		{"of ten seconds, at ten seconds", at(17 * time.Second), at(20 * time.Second), 10 * time.Second},
		{"of a second, at the second", at(17*time.Second + time.Millisecond), at(18 * time.Second), time.Second},
		{"over 15 days ago, at five minutes", at(16*day + time.Minute), at(16*day + 5*time.Minute), time.Minute},
		{"over 63 days ago, at the hour", at(64*day + time.Minute), at(64*day + time.Hour), time.Second},
		{"a minute's start stays", at(5 * time.Minute), at(5 * time.Minute), 5 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := beginning(tt.start, tt.period, now); !got.Equal(tt.want) {
				t.Errorf("beginning(%v, %v) = %v, want %v", tt.start, tt.period, got, tt.want)
			}
		})
	}
}

func TestServed(t *testing.T) {
	for _, period := range []int64{1, 5, 10, 20, 30, 60, 120, 86400} {
		if !served(period) {
			t.Errorf("a period of %d is not served", period)
		}
	}
	for _, period := range []int64{-60, 0, 2, 15, 40, 61, 90, 1 << 60} {
		if served(period) {
			t.Errorf("a period of %d is served", period)
		}
	}
}
