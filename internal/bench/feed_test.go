package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestFeedMeasuresMetricsAndAlarms(t *testing.T) {
	r, err := measureFeed(t.Context(), self(t), feed{metrics: 300, perCall: 10, length: time.Second, scale: 60})
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []fed{r.without, r.with} {
		if each.late <= 0 || each.p99 > each.late || each.cores < 0 || each.resident <= each.grown {
			t.Errorf("fed: %+v", each)
		}
	}
	if r.without.alarms != 0 || r.with.alarms != 300 {
		t.Errorf("%d and %d alarms", r.without.alarms, r.with.alarms)
	}
	if w := r.watched; w.breached != 3 || w.rang != 3 || w.late <= 0 || w.late > 30*time.Second {
		t.Errorf("watched: %+v", w)
	}
}

func TestFeedDataBreachOneOfMany(t *testing.T) {
	data := feed{metrics: 300, perCall: 150}.data(150, 100, time.UnixMilli(1500))["MetricData"].([]object)
	for i, datum := range data {
		number := datum["Dimensions"].([]object)[0]["Value"]
		if breaches := datum["Value"] == badValue; breaches != (number == "200") || datum["Timestamp"] != 1.5 {
			t.Errorf("datum %d: %v", i, datum)
		}
	}
	if len(data) != 150 {
		t.Errorf("%d data", len(data))
	}
}

func TestProcessorTime(t *testing.T) {
	self := &process{cmd: &exec.Cmd{Process: &os.Process{Pid: os.Getpid()}}}
	before, err := self.processorTime()
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for after := before; after < before+50*time.Millisecond; {
		if after, err = self.processorTime(); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			t.Fatalf("a busy process has had a processor for %v, and %v before", after, before)
		}
	}
}
