package server_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/server"
)

// visit is the time in which requests may meet a version.
type visit struct {
	version     int
	begin, over time.Time
}

// load is requests on a number of connections, one after the other on each.
type load struct {
	stop     chan struct{}
	running  sync.WaitGroup
	answered atomic.Int64
	served   [][]served
}

func (c caller) load(path string, connections int) *load {
	l := &load{stop: make(chan struct{}), served: make([][]served, connections)}
	for i := range connections {
		l.running.Go(func() {
			for {
				select {
				case <-l.stop:
					return
				default:
					l.served[i] = append(l.served[i], c.request(path))
					l.answered.Add(1)
				}
			}
		})
	}
	return l
}

// end ends the load and returns all of its requests.
func (l *load) end() (all []served) {
	close(l.stop)
	l.running.Wait()
	for _, each := range l.served {
		all = append(all, each...)
	}
	return all
}

// Under load deployments are rolled back by alarms: of a version that fails, and of one that works while another alarm
// rings. No request fails but those that met the failing version, and none meets a version outside of its deployment.
func TestNoRequestFailsWhileDeploymentsAreRolledBack(t *testing.T) {
	const connections, good, failing, sound, rounds = 8, 1, 2, 3, 5
	c := startServer(t, func(cfg *server.Config) { cfg.Scale = 600 })
	c.createFunction("f", program())
	for _, rate := range []string{"none", "1"} { // the function fails if it is no number
		c.lambda("PUT", "/f/configuration", object{"Environment": object{"Variables": object{"RATE": rate}}}, nil)
		c.lambda("POST", "/f/versions", object{}, nil)
	}
	errors := alarm("errors", "AWS/Lambda", "Errors")
	errors["Dimensions"] = []object{{"Name": "FunctionName", "Value": "f"}, {"Name": "Resource", "Value": "f:live"}}
	c.cloudwatch("PutMetricAlarm", errors, nil)
	c.cloudwatch("PutMetricAlarm", alarm("by-hand", "app", "nothing"), nil)
	// Three seconds here, of which a round takes a few tenths: a busy machine gets to the alarm before the canary's end.
	c.createGuardedGroup(guardedGroup("g", "CodeDeployDefault.LambdaCanary10Percent30Minutes", "errors", "by-hand"))

	l := c.load("/2015-03-31/functions/f:live/invocations", connections)
	var visits []visit
	for range rounds {
		visits = append(visits, c.rolledBack(l, good, failing, func() {}), c.rolledBack(l, good, sound, func() {
			c.cloudwatch("SetAlarmState", object{"AlarmName": "by-hand", "StateValue": "ALARM", "StateReason": "a test"}, nil)
		}))
	}
	met := map[int]int{}
	all := l.end()
	for _, r := range all {
		met[r.version]++
		if r.failure != "" && (!r.thrown || r.version != failing) {
			t.Errorf("a request failed: %s", r.failure)
		}
		if r.version != good && !during(visits, r) {
			t.Errorf("version %d answered a request from %v to %v, outside of its deployments", r.version, r.sent, r.answer)
		}
	}
	t.Logf("%d requests, by version %v", len(all), met)
	for _, version := range []int{good, failing, sound} {
		if met[version] < rounds {
			t.Errorf("%d requests met version %d, too few to say anything", met[version], version)
		}
	}
}

// rolledBack deploys a version, lets something happen when requests meet it, and waits until all is back.
func (c caller) rolledBack(l *load, current, target int, happens func()) visit {
	c.t.Helper()
	eventually(c.t, "quiet alarms", func() bool {
		var found struct{ MetricAlarms []struct{ AlarmName string } }
		c.cloudwatch("DescribeAlarms", object{"StateValue": "ALARM"}, &found)
		return len(found.MetricAlarms) == 0
	})
	v := visit{version: target, begin: time.Now()}
	id := c.deploy("g", "f", current, target)
	eventually(c.t, "traffic", func() bool {
		status := c.events(id, "f")["AllowTraffic"]
		return status != "" && status != "Pending"
	})
	before := l.answered.Load()
	eventually(c.t, "requests during the canary", func() bool { return l.answered.Load() > before+20 })
	happens()
	d := c.end(id)
	if d.Status != "Stopped" || d.ErrorInformation.Code != "ALARM_ACTIVE" {
		c.t.Errorf("%+v, want one that an alarm has stopped", d)
	}
	if back := c.end(d.RollbackInfo.RollbackDeploymentID); back.Status != "Succeeded" {
		c.t.Errorf("its rollback: %+v", back)
	}
	v.over = time.Now()
	return v
}

// during reports whether a request was under way in a visit of its version.
func during(visits []visit, r served) bool {
	for _, v := range visits {
		if v.version == r.version && !v.begin.After(r.answer) && !v.over.Before(r.sent) {
			return true
		}
	}
	return false
}
