package server_test

import (
	"fmt"
	"strings"
	"time"
)

// records are what is written while servers are killed, and what was acknowledged of it.
type records struct {
	points, acknowledged int // of a metric, each of the value 1
	events               []bool
	unread               int             // events from here on were not looked for yet
	since                time.Time       // when the first of them was written
	alarms               map[string]fate // by name
	lives                int
}

// fate is what a record is to be after a crash.
type fate int

const (
	unknown fate = iota // the call that decides it was not answered
	there
	gone
)

const (
	logGroup  = "/siege"
	logStream = "events"
)

func (r *records) prepare(c caller) {
	c.t.Helper()
	r.alarms, r.since = map[string]fate{"trouble": there, "by-hand": there}, time.Now()
	c.logs("CreateLogGroup", object{"logGroupName": logGroup}, nil)
	c.logs("CreateLogStream", object{"logGroupName": logGroup, "logStreamName": logStream}, nil)
}

func (c caller) logs(operation string, in, out any) {
	c.t.Helper()
	if err := c.Logs(c.t.Context(), operation, in, out); err != nil {
		c.t.Fatalf("%s: %v", operation, err)
	}
}

// write writes until the server is killed.
func (r *records) write(c caller) {
	r.lives++
	if !r.writeAlarms(c) {
		return
	}
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for r.writePoint(c) && r.writeEvent(c) {
		<-tick.C
	}
}

// writeAlarms makes an alarm, and deletes an older one.
func (r *records) writeAlarms(c caller) (ok bool) {
	name := fmt.Sprint("mark-", r.lives)
	r.alarms[name] = unknown
	if lost(c.t, c.CloudWatch(c.t.Context(), "PutMetricAlarm", alarm(name, "siege", "nothing"), nil)) {
		return false
	}
	r.alarms[name] = there
	old := r.superfluous()
	if old == "" {
		return true
	}
	r.alarms[old] = unknown
	if lost(c.t, c.CloudWatch(c.t.Context(), "DeleteAlarms", object{"AlarmNames": []string{old}}, nil)) {
		return false
	}
	r.alarms[old] = gone
	return true
}

// superfluous is an alarm to delete, if there are many.
func (r *records) superfluous() (name string) {
	marks := 0
	for each, fate := range r.alarms {
		if fate == there && strings.HasPrefix(each, "mark-") {
			name = each
			marks++
		}
	}
	if marks < 5 {
		return ""
	}
	return name
}

func (r *records) writePoint(c caller) (ok bool) {
	r.points++
	if lost(c.t, c.CloudWatch(c.t.Context(), "PutMetricData", datum("points"), nil)) {
		return false
	}
	r.acknowledged++
	return true
}

func (r *records) writeEvent(c caller) (ok bool) {
	event := object{"timestamp": time.Now().UnixMilli(), "message": fmt.Sprint(len(r.events))}
	r.events = append(r.events, false)
	in := object{"logGroupName": logGroup, "logStreamName": logStream, "logEvents": []object{event}}
	if lost(c.t, c.Logs(c.t.Context(), "PutLogEvents", in, nil)) {
		return false
	}
	r.events[len(r.events)-1] = true
	return true
}

// check looks for what was written since the last check.
func (r *records) check(c caller) {
	c.t.Helper()
	r.checkEvents(c, r.unread, r.since)
	r.unread, r.since = len(r.events), time.Now()
	r.checkPoints(c)
	r.checkAlarms(c)
}

func (r *records) checkAll(c caller) {
	c.t.Helper()
	r.checkEvents(c, 0, time.UnixMilli(0))
}

func (r *records) checkPoints(c caller) {
	c.t.Helper()
	if r.points == 0 {
		return
	}
	if sum := c.sum("siege", "points"); sum < float64(r.acknowledged) || sum > float64(r.points) {
		c.t.Errorf("the metric has %v points; %d were acknowledged of %d", sum, r.acknowledged, r.points)
	}
}

// checkEvents fails unless each event from a number on that was acknowledged is there, and none is there twice.
func (r *records) checkEvents(c caller, from int, since time.Time) {
	c.t.Helper()
	times := map[string]int{}
	in := object{"logGroupName": logGroup, "logStreamName": logStream, "startFromHead": true, "startTime": since.UnixMilli()}
	for {
		var page struct {
			Events           []struct{ Message string }
			NextForwardToken string
		}
		c.logs("GetLogEvents", in, &page)
		for _, e := range page.Events {
			times[e.Message]++
		}
		if len(page.Events) == 0 {
			break
		}
		in["nextToken"] = page.NextForwardToken
	}
	for i, acknowledged := range r.events[from:] {
		if n := times[fmt.Sprint(from+i)]; n > 1 || acknowledged && n == 0 {
			c.t.Errorf("the event %d is there %d times; acknowledged: %v", from+i, n, acknowledged)
		}
	}
}

func (r *records) checkAlarms(c caller) {
	c.t.Helper()
	var found struct{ MetricAlarms []struct{ AlarmName string } }
	c.cloudwatch("DescribeAlarms", object{"MaxRecords": 100}, &found)
	is := map[string]bool{}
	for _, a := range found.MetricAlarms {
		is[a.AlarmName] = true
	}
	for name, fate := range r.alarms {
		if fate == there && !is[name] || fate == gone && is[name] {
			c.t.Errorf("the alarm %s is there: %v", name, is[name])
		}
		if r.alarms[name] = gone; is[name] { // what was not known is known now
			r.alarms[name] = there
		}
	}
}

func (r *records) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d points, %d log events, %d alarms", r.points, len(r.events), len(r.alarms))
	return b.String()
}
