package stack_test

import (
	"regexp"
	"testing"
	"time"
)

// Recorded: TestChangeSetRef.test_resource_deletion.
func TestCleanupTellsNothingOfProperties(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1", "B=1"))
	b.update(things("A=2"))
	events, _, err := b.Events(t.Context(), scope, "shop", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, e := range events {
		id := `^` + e.LogicalID + `-` + e.Status + `-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`
		switch {
		case e.LogicalID == "shop":
			continue
		case e.Status == "DELETE_IN_PROGRESS" || e.Status == "DELETE_COMPLETE":
			seen++
			id = `^B-[0-9a-f]{8}-[0-9a-f-]{27}$`
			if e.Properties != nil {
				t.Errorf("%s %s tells of %v", e.LogicalID, e.Status, e.Properties)
			}
		case e.Properties == nil:
			t.Errorf("%s %s tells of no properties", e.LogicalID, e.Status)
		}
		if !regexp.MustCompile(id).MatchString(e.ID) {
			t.Errorf("the ID of %s %s is %s", e.LogicalID, e.Status, e.ID)
		}
	}
	if seen != 2 {
		t.Errorf("there were %d events of the cleanup", seen)
	}
}

// Clients sort events by their times, which count milliseconds (test_list_events_after_deployment does).
func TestAStacksEventIsLaterThanThoseOfItsResources(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"))
	events, _, err := b.Events(t.Context(), scope, "shop", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	last, before := events[0].Time.Truncate(time.Millisecond), events[1].Time.Truncate(time.Millisecond)
	if events[0].LogicalID != "shop" || !last.After(before) {
		t.Errorf("%s %s is at %s, and %s %s before it at %s", events[0].LogicalID, events[0].Status, last, events[1].LogicalID, events[1].Status, before)
	}
}
