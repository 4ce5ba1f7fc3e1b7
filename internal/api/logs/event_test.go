package logs

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sluice/internal/logs"
)

func TestEventsInWholeReplies(t *testing.T) {
	tr := transcript{desk: newDesk(t)}
	at := time.Now().Truncate(time.Second).UnixMilli()
	tr.groupOf("g")
	tr.ask("create a stream", "CreateLogStream", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab"})
	tr.ask("create it again", "CreateLogStream", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab"})
	tr.ask("describe the empty stream", "DescribeLogStreams", object{"logGroupName": "g"})
	tr.ask("put", "PutLogEvents", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab", "logEvents": list{
		object{"timestamp": at, "message": "ü <one>\n"}, object{"timestamp": at + 1, "message": "two"},
	}})
	tr.ask("put nowhere", "PutLogEvents", object{"logGroupName": "g", "logStreamName": "gone", "logEvents": list{
		object{"timestamp": at, "message": "x"},
	}})
	tr.ask("describe the stream", "DescribeLogStreams", object{"logGroupName": "g", "orderBy": "LastEventTime"})
	tr.ask("get", "GetLogEvents", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab"})
	tr.ask("get nothing", "GetLogEvents", object{"logGroupName": "g", "logStreamName": "gone"})
	tr.ask("filter", "FilterLogEvents", object{"logGroupName": "g", "filterPattern": "two", "interleaved": true})
	tr.ask("filter for nothing", "FilterLogEvents", object{"logGroupName": "g", "filterPattern": "three"})
	tr.ask("filter by a broken pattern", "FilterLogEvents", object{"logGroupName": "g", "filterPattern": "{ $.a "})
	tr.ask("filter nowhere", "FilterLogEvents", object{"logGroupName": "gone"})
	tr.ask("delete", "DeleteLogStream", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab"})
	tr.ask("delete again", "DeleteLogStream", object{"logGroupName": "g", "logStreamName": "2026/01/02/[1]ab"})
	compareGolden(t, "events", tr.text.Bytes())
}

// The end of a stream hands back the token that it was asked with, which finds what comes later.
func TestGetLogEventsGoesOnWhereItEnded(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g", "s")
	d.put("g", "s", "1", "2", "3")
	in := object{"logGroupName": "g", "logStreamName": "s", "limit": 2, "startFromHead": true}
	var got []any
	for range 3 {
		answer := d.must("GetLogEvents", in)
		got = append(got, column(answer, "events", "message")...)
		if in["nextToken"] == answer["nextForwardToken"] {
			break
		}
		in["nextToken"] = answer["nextForwardToken"]
	}
	d.put("g", "s", "4")
	got = append(got, column(d.must("GetLogEvents", in), "events", "message")...)
	if want := []any{"1", "2", "3", "4"}; !slices.Equal(got, want) {
		t.Errorf("events %v", got)
	}
}

func TestEventsOfATime(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g", "s")
	at := time.Now().Add(-time.Minute).UnixMilli()
	var events list
	for i := range 5 {
		events = append(events, object{"timestamp": at + int64(i), "message": fmt.Sprint(i)})
	}
	d.must("PutLogEvents", object{"logGroupName": "g", "logStreamName": "s", "logEvents": events})
	bounds := object{"logGroupName": "g", "logStreamName": "s", "startTime": at + 1, "endTime": at + 3}
	if got := column(d.must("GetLogEvents", bounds), "events", "message"); !slices.Equal(got, []any{"1", "2"}) {
		t.Errorf("GetLogEvents: %v", got)
	}
	delete(bounds, "logStreamName")
	if got := column(d.must("FilterLogEvents", bounds), "events", "message"); !slices.Equal(got, []any{"1", "2", "3"}) {
		t.Errorf("FilterLogEvents: %v", got)
	}
}

func TestFilterLogEventsOfStreams(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g", "a1", "a2", "b")
	d.put("g", "a1", "one", "two")
	d.put("g", "a2", "one")
	d.put("g", "b", "one")
	for _, test := range []struct {
		in   object
		want int
	}{
		{object{}, 4},
		{object{"filterPattern": "one"}, 3},
		{object{"filterPattern": "-one"}, 1},
		{object{"logStreamNames": list{"a1", "b"}}, 3},
		{object{"logStreamNamePrefix": "a"}, 3},
		{object{"logStreamNamePrefix": "a", "startFromHead": false}, 3},
	} {
		test.in["logGroupIdentifier"] = "arn:aws:logs:us-east-1:" + owner + ":log-group:g"
		for _, limit := range []int{1, 2, 100} {
			delete(test.in, "nextToken")
			test.in["limit"] = limit
			if got := d.pages("FilterLogEvents", test.in, "events", "eventId"); len(got) != test.want || len(distinct(got)) != test.want {
				t.Errorf("%v: %v", test.in, got)
			}
		}
	}
}

func distinct(items []any) map[any]bool {
	found := map[any]bool{}
	for _, item := range items {
		found[item] = true
	}
	return found
}

func TestAGroupIsNamedOnce(t *testing.T) {
	d := newDesk(t)
	d.groupOf("g", "s")
	for _, operation := range []string{"GetLogEvents", "FilterLogEvents", "DescribeLogStreams"} {
		for _, in := range []object{{}, {"logGroupName": "g", "logGroupIdentifier": "g"}} {
			if operation == "GetLogEvents" {
				in["logStreamName"] = "s"
			}
			if status, body := call(t, d.server, operation, in); status != 400 {
				t.Errorf("%s %v: %d %s", operation, in, status, body)
			}
		}
	}
	d.wantRefused("FilterLogEvents", object{"logGroupName": "g", "logStreamNames": list{"s"}, "logStreamNamePrefix": "s"},
		"InvalidParameterException", "logStreamNames and logStreamNamePrefix are mutually exclusive.")
}

func TestRejectedEvents(t *testing.T) {
	for _, test := range []struct {
		rejected           logs.Rejected
		old, expired, next int64 // -1 is a member that is not shown
	}{
		{logs.Rejected{TooOld: 2, Expired: 2}, 2, -1, -1},
		{logs.Rejected{TooOld: 1, Expired: 3}, 1, 3, -1},
		{logs.Rejected{Expired: 3}, -1, 3, -1},
		{logs.Rejected{TooNew: 1}, -1, -1, 9},
	} {
		shown := rejectedShape(test.rejected, 10)
		for _, member := range []struct {
			got  *int64
			want int64
		}{
			{shown.TooOldLogEventEndIndex, test.old}, {shown.ExpiredLogEventEndIndex, test.expired},
			{shown.TooNewLogEventStartIndex, test.next},
		} {
			if (member.got == nil) != (member.want == -1) || member.got != nil && *member.got != member.want {
				t.Errorf("%+v: %+v", test.rejected, shown)
			}
		}
	}
	if shown := rejectedShape(logs.Rejected{}, 10); shown != nil {
		t.Errorf("nothing rejected: %+v", shown)
	}
}
