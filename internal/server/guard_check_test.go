package server_test

import (
	"fmt"
	"testing"
)

// checkLinks fails unless each deployment has ended as it has to: one that failed is followed by one rollback, which
// succeeds, and each of the two names the other.
func checkLinks(t *testing.T, list []sight) {
	t.Helper()
	byID, rollbacks := map[string]sight{}, map[string]int{}
	for _, d := range list {
		byID[d.ID] = d
		if of := d.RollbackInfo.RollbackTriggeringDeploymentID; of != "" {
			rollbacks[of]++
		}
	}
	for _, d := range list {
		switch of := d.RollbackInfo.RollbackTriggeringDeploymentID; {
		case of != "":
			if d.Status != "Succeeded" || d.Creator != "codeDeployRollback" || byID[of].RollbackInfo.RollbackDeploymentID != d.ID {
				t.Errorf("%+v rolls back %+v", d, byID[of])
			}
		case d.Status == "Succeeded":
			if rollbacks[d.ID] != 0 || d.RollbackInfo.RollbackDeploymentID != "" {
				t.Errorf("%+v has succeeded and is rolled back", d)
			}
		case d.ErrorInformation.Code == "MANUAL_STOP" && rollbacks[d.ID] == 0: // stopped before it had its alias
		case rollbacks[d.ID] != 1 || byID[d.RollbackInfo.RollbackDeploymentID].ID == "":
			t.Errorf("%+v has failed and has %d rollbacks", d, rollbacks[d.ID])
		}
	}
}

// checkHooks fails unless each hook of a deployment has had the effect of one report, and of the one that was accepted.
func (s *siege) checkHooks(id string) {
	s.t.Helper()
	all, err := readDiary(s.diary)
	if err != nil {
		s.t.Fatal(err)
	}
	events, notes, executions := s.server.events(id, "f"), all.of(id), map[string]string{}
	for _, n := range notes {
		if before := executions[n.Event]; before != "" && before != n.Execution {
			s.t.Errorf("%s has two executions for %s: %s and %s", id, n.Event, before, n.Execution)
		}
		executions[n.Event] = n.Execution
		switch {
		case n.Step == accepted && events[n.Event] != n.Detail:
			s.t.Errorf("%s: the report %s was accepted, and %s is %s", id, n.Detail, n.Event, events[n.Event])
		case n.Step == refused && n.Detail != "LifecycleEventAlreadyCompletedException":
			s.t.Errorf("%s: a report was refused as %s", id, n.Detail)
		}
	}
	for _, event := range []string{"BeforeAllowTraffic", "AfterAllowTraffic"} {
		if n := notes.count(executions[event], accepted); executions[event] != "" && n > 1 {
			s.t.Errorf("%s: %d reports of %s were accepted", id, n, event)
		}
		if events[event] == "Succeeded" && executions[event] == "" {
			s.t.Errorf("%s: %s has succeeded without its hook", id, event)
		}
	}
	if events["BeforeAllowTraffic"] != "Succeeded" && executions["AfterAllowTraffic"] != "" {
		s.t.Errorf("%s: the hook of AfterAllowTraffic ran after %v", id, events)
	}
}

// checkAll looks at everything that was ever made.
func (s *siege) checkAll() {
	s.t.Helper()
	var all []sight
	for _, group := range groups {
		for _, id := range s.server.listed(group, true) {
			d := s.server.sight(id)
			if !d.ended() {
				s.t.Errorf("%+v has not ended", d)
			}
			all = append(all, d)
		}
	}
	if len(all) != len(s.checked) {
		s.t.Errorf("there are %d deployments, want the %d that were seen", len(all), len(s.checked))
	}
	checkLinks(s.t, all)
	s.records.checkAll(s.server.caller)
}

// checkFree fails unless another deployment can have the alias, and requests follow it.
func (s *siege) checkFree() {
	s.t.Helper()
	in := deployment("once", "f", s.current, s.other())
	in["overrideAlarmConfiguration"] = object{"enabled": false}
	var created struct{ DeploymentID string }
	s.server.codedeploy("CreateDeployment", in, &created)
	if d := s.server.end(created.DeploymentID); d.Status != "Succeeded" {
		s.t.Errorf("the last deployment: %+v", d)
	}
	s.server.wantAlias(s.other())
}

func (s *siege) tally() string {
	d, err := readDiary(s.diary)
	if err != nil {
		s.t.Fatal(err)
	}
	executions := map[string]bool{}
	for _, n := range d {
		executions[n.Execution] = true
	}
	return fmt.Sprintf("%d deployments succeeded, %v failed; hooks: %d executions in %d deliveries, %d reports accepted, %d refused, %d unanswered; %v",
		s.succeeded, s.causes, len(executions), d.count("", begun), d.count("", accepted), d.count("", refused), d.count("", unanswered), &s.records)
}
