package logs

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// searchBytes is how much one search reads of the files before it answers with what it has and a token. It takes less
// than a second then.
const searchBytes = 64 << 20

// Search reads many streams.
func (s *Service) Search(ctx context.Context, q SearchQuery) (*SearchPage, error) {
	g, err := s.Group(ctx, q.Group)
	if err != nil {
		return nil, err
	}
	look := scan{
		files: s.cfg.Files, group: q.Group, descending: q.Descending, limit: pageLimit(q.Limit), budget: searchBytes,
	}
	if look.streams, err = s.searched(&q); err != nil {
		return nil, err
	}
	if look.begin, err = q.begin(); err != nil {
		return nil, err
	}
	to := q.To
	if !to.IsZero() {
		to = to.Add(time.Millisecond) // the last that counts
	}
	look.from, look.to = times(g, q.From, to)
	if q.Pattern != nil {
		look.match = func(message []byte) bool { _, ok := q.Pattern.Match(message); return ok }
	}
	found, next, more, err := look.run(ctx)
	if err != nil {
		return nil, err
	}
	page := &SearchPage{Events: make([]FoundEvent, len(found))}
	for i := range found {
		page.Events[i] = FoundEvent{found[i].Event, found[i].stream, found[i].id(q.Group)}
	}
	if more {
		page.Next = Seal("search", strconv.FormatInt(next.time, 10), next.stream, strconv.FormatInt(next.position, 10))
	}
	return page, nil
}

// searched lists the names of the streams to search.
func (s *Service) searched(q *SearchQuery) (names []string, err error) {
	if q.Streams != nil && q.Prefix != "" {
		return nil, errStreamsAndPrefix()
	}
	all, err := s.cfg.Files.Streams(q.Group)
	if err != nil {
		return nil, err
	}
	for _, stream := range all {
		if strings.HasPrefix(stream.ID.Name, q.Prefix) {
			names = append(names, stream.ID.Name)
		}
	}
	if q.Streams == nil {
		return names, nil
	}
	for _, name := range q.Streams {
		if _, ok := slices.BinarySearch(names, name); !ok {
			return nil, ErrNoStream()
		}
	}
	wanted := slices.Sorted(slices.Values(q.Streams))
	return slices.Compact(wanted), nil
}

// begin is where the search begins or goes on.
func (q *SearchQuery) begin() (c cut, err error) {
	if q.Token == "" {
		if q.Descending {
			c.time = math.MaxInt64
		}
		return c, nil
	}
	parts, err := Unseal("search", q.Token, 3)
	if err != nil {
		return cut{}, err
	}
	var badTime, badPosition error
	c.stream = parts[1]
	c.time, badTime = strconv.ParseInt(parts[0], 10, 64)
	c.position, badPosition = strconv.ParseInt(parts[2], 10, 64)
	if badTime != nil || badPosition != nil {
		return cut{}, errToken()
	}
	return c, nil
}

// id names an event of a group by 56 digits, as AWS does.
func (l *located) id(g GroupID) string {
	return fmt.Sprintf("%020d%020d%016d", l.Time.UnixMilli(), l.Position, digest(g.Name, l.stream))
}
