package logs

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/fault"
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

const defaultLimit = 50

// Stream opens a stream for appending, and its group with it. It is internal/host's Logs.
func (s *Service) Stream(account, region, group, stream string) (Appender, error) {
	appender, err := s.cfg.Files.Stream(account, region, group, stream)
	if err != nil {
		return nil, err
	}
	id := GroupID{Name: group}
	id.Account, id.Region = account, region
	return &tap{appender, s, s.acquire(id)}, nil
}

// tap shows what is appended to the group's metric filters, if there are any.
type tap struct {
	Appender
	service *Service
	group   *entry
}

// Append implements Appender.
func (t *tap) Append(at time.Time, message []byte) {
	t.Appender.Append(at, message)
	if m := t.group.matcher.Load(); m != nil {
		m.add(at, message)
	}
}

// Close implements Appender.
func (t *tap) Close() error {
	t.service.release(t.group)
	return t.Appender.Close()
}

// CreateStream creates a stream without events.
func (s *Service) CreateStream(ctx context.Context, id StreamID) error {
	if err := checkStreamName(id.Name); err != nil {
		return err
	}
	e := s.acquire(id.Group)
	defer s.release(e)
	e.changing.Lock() // so that the group is not deleted meanwhile
	defer e.changing.Unlock()
	if _, err := s.existing(e); err != nil {
		return err
	}
	return s.cfg.Files.Create(id)
}

// DeleteStream deletes a stream with its events. A function that still writes makes it come back.
func (s *Service) DeleteStream(ctx context.Context, id StreamID) error {
	e := s.acquire(id.Group)
	defer s.release(e)
	e.changing.Lock()
	defer e.changing.Unlock()
	g, err := s.existing(e)
	if err != nil {
		return err
	}
	if e.record.Load() == nil { // the group must outlive its last stream
		if err := s.put(ctx, e, g.clone()); err != nil {
			return err
		}
	}
	return s.cfg.Files.Remove(id)
}

// Streams lists streams. next asks for more; it is empty at the end.
func (s *Service) Streams(ctx context.Context, q StreamQuery) (found []*Stream, next string, err error) {
	if q.ByTime && q.Prefix != "" {
		return nil, "", fault.Errorf(fault.Invalid, "query", "Cannot order by LastEventTime with a logStreamNamePrefix.")
	}
	if _, err := s.Group(ctx, q.Group); err != nil {
		return nil, "", err
	}
	all, err := s.cfg.Files.Streams(q.Group)
	if err != nil {
		return nil, "", err
	}
	all = slices.DeleteFunc(all, func(stream *Stream) bool { return !strings.HasPrefix(stream.ID.Name, q.Prefix) })
	slices.SortFunc(all, q.compare)
	if q.Token != "" {
		after, err := q.position()
		if err != nil {
			return nil, "", err
		}
		all = slices.DeleteFunc(all, func(stream *Stream) bool { return q.compare(stream, after) <= 0 })
	}
	limit := cmp.Or(q.Limit, defaultLimit)
	if len(all) <= limit {
		return all, "", nil
	}
	last := all[limit-1]
	return all[:limit], Seal("streams", last.ID.Name, strconv.FormatInt(millis(last.Last), 10)), nil
}

// position is the stream that the token's page ended with.
func (q *StreamQuery) position() (*Stream, error) {
	parts, err := Unseal("streams", q.Token, 2)
	if err != nil {
		return nil, err
	}
	ms, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return nil, errToken()
	}
	return &Stream{ID: StreamID{q.Group, parts[0]}, Last: time.UnixMilli(ms)}, nil
}

func (q *StreamQuery) compare(a, b *Stream) int {
	order := strings.Compare(a.ID.Name, b.ID.Name)
	if q.ByTime {
		order = cmp.Or(cmp.Compare(millis(a.Last), millis(b.Last)), order)
	}
	if q.Descending {
		return -order
	}
	return order
}

// millis is a time in milliseconds since 1970, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
