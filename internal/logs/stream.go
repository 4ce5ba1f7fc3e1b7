package logs

import (
	"strings"
	"time"
)

// StreamID identifies a log stream.
type StreamID struct {
	Group GroupID
	Name  string // up to 512 characters without : and *
}

// ARN returns the stream's name as AWS writes it.
func (id StreamID) ARN() string { return id.Group.ARN() + ":log-stream:" + id.Name }

// Stream is a log stream. First, Last and Ingested are zero as long as it has no events. Of a stream that an earlier
// server wrote, and whose events have not been searched since, First and Last are the times of its first and last event
// by arrival; else they are its least and greatest time.
type Stream struct {
	ID          StreamID
	Created     time.Time
	First, Last time.Time
	Ingested    time.Time // when the last event came
	Bytes       int64     // of events, with about 30 for each
}

// StreamQuery asks for streams of a group.
type StreamQuery struct {
	Group  GroupID
	Prefix string // of the name; empty means any. Not together with ByTime.
	// ByTime orders by the last event's time, streams without events first; otherwise by name.
	ByTime     bool
	Descending bool
	Token      string // from an answer to a query that is the same otherwise; empty begins
	Limit      int    // 0 means 50
}

func compareText(a, b string) int { return strings.Compare(a, b) }
