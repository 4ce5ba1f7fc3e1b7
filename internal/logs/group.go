package logs

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// GroupID identifies a log group.
type GroupID struct {
	function.Scope
	Name string // up to 512 letters, digits and . - _ / #
}

// ARN returns the group's name as AWS writes it in logGroupArn: without the ":*" that it also has in arn.
func (id GroupID) ARN() string {
	return "arn:aws:logs:" + id.Region + ":" + id.Account + ":log-group:" + id.Name
}

// Class says what a group is for.
type Class string

// The classes that AWS knows; the empty one counts as Standard. All store alike here. Only Standard has metric filters.
const (
	Standard         Class = "STANDARD"
	InfrequentAccess Class = "INFREQUENT_ACCESS"
	Delivery         Class = "DELIVERY"
)

// Group is a log group. A *Group that has been handed out is not modified; a change makes a new one.
type Group struct {
	ID        GroupID
	Created   time.Time
	Class     Class
	Retention int    // days for which events are kept; 0 means for ever
	KMSKey    string // kept and shown; nothing is encrypted with it
	Protected bool   // it can't be deleted
	Tags      map[string]string
	Filters   []*MetricFilter // ordered by name

	// Bytes is how much its streams hold, in bytes of event and about 30 for each. It is not part of the record: Groups
	// fills it in.
	Bytes int64 `json:"-"`
}

// clone returns a copy that may be changed. The filters themselves are shared.
func (g *Group) clone() *Group {
	c := *g
	c.Tags, c.Filters = maps.Clone(g.Tags), slices.Clone(g.Filters)
	return &c
}

// filter finds a metric filter's place.
func (g *Group) filter(name string) (int, bool) {
	return slices.BinarySearchFunc(g.Filters, name, func(f *MetricFilter, name string) int { return compareText(f.Name, name) })
}

// GroupQuery asks for groups, ordered by name.
type GroupQuery struct {
	Scope  function.Scope
	Prefix string // of the name; empty means any
	// Pattern is a part of the name, or several with | between them; one that begins with ^ is the name's beginning. Letters'
	// case counts. Empty means any (AWS: DescribeLogGroups' and ListLogGroups' logGroupNamePattern).
	Pattern string
	Names   []string // only these; nil means all
	Class   Class    // only these; empty means all
	After   string   // names after this one
	Limit   int      // 0 means all
}

// CreateGroup creates a group; Created, Filters and Bytes are not looked at.
func (s *Service) CreateGroup(ctx context.Context, g *Group) error {
	if err := checkNewGroup(g); err != nil {
		return err
	}
	e := s.acquire(g.ID)
	defer s.release(e)
	e.changing.Lock()
	defer e.changing.Unlock()
	if _, err := s.existing(e); err == nil {
		return errGroupExists()
	} else if !fault.Is(err, fault.NotFound, "group") {
		return err
	}
	record := g.clone()
	record.Created, record.Filters, record.Bytes = now(), nil, 0
	if record.Class == "" {
		record.Class = Standard
	}
	return s.put(ctx, e, record)
}

func checkNewGroup(g *Group) error {
	if err := checkGroupName(g.ID.Name); err != nil {
		return err
	}
	if !slices.Contains([]Class{"", Standard, InfrequentAccess, Delivery}, g.Class) {
		return fault.Errorf(fault.Invalid, "class", "There is no log group class %q", string(g.Class))
	}
	if err := checkRetention(g.Retention); err != nil {
		return err
	}
	return checkTags(g.Tags)
}

// DeleteGroup deletes a group with its streams and filters. A function that still writes makes it come back.
func (s *Service) DeleteGroup(ctx context.Context, id GroupID) error {
	e := s.acquire(id)
	defer s.release(e)
	e.changing.Lock()
	defer e.changing.Unlock()
	g, err := s.existing(e)
	if err != nil {
		return err
	}
	if g.Protected {
		return fault.Errorf(fault.Conflict, "protected group",
			"The log group %s is protected from deletion: take its protection away first", id.Name)
	}
	// The record goes last: what a crash leaves then is a group that can be deleted again, and not streams that were
	// deleted and live on.
	if err := s.cfg.Files.RemoveGroup(id); err != nil || e.record.Load() == nil {
		return err
	}
	if err := s.cfg.Store.WriteLogs(ctx, func(tx Tx) error { return tx.DeleteLogGroup(id) }); err != nil {
		return err
	}
	e.record.Store(nil)
	s.watch(e, &Group{})
	return nil
}

// Group returns a group, without Bytes.
func (s *Service) Group(_ context.Context, id GroupID) (*Group, error) {
	e := s.acquire(id)
	defer s.release(e)
	return s.existing(e)
}

// existing returns a group's record, or what its streams tell if it has none.
func (s *Service) existing(e *entry) (*Group, error) {
	if record := e.record.Load(); record != nil {
		return record, nil
	}
	streams, err := s.cfg.Files.Streams(e.id)
	if err != nil {
		return nil, err
	}
	if len(streams) == 0 {
		return nil, errNoGroup()
	}
	g := &Group{ID: e.id, Created: streams[0].Created, Class: Standard}
	for _, stream := range streams {
		if stream.Created.Before(g.Created) {
			g.Created = stream.Created
		}
	}
	return g, nil
}

// Groups lists groups.
func (s *Service) Groups(_ context.Context, q GroupQuery) ([]*Group, error) {
	all, err := s.groupsOf(q.Scope)
	if err != nil {
		return nil, err
	}
	found := slices.DeleteFunc(all, func(g *Group) bool { return !q.matches(g) })
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	return found, nil
}

func (q *GroupQuery) matches(g *Group) bool {
	name := g.ID.Name
	return name > q.After && strings.HasPrefix(name, q.Prefix) && matchesName(q.Pattern, name) &&
		(q.Names == nil || slices.Contains(q.Names, name)) && (q.Class == "" || q.Class == g.Class)
}

// groupsOf returns all groups of a scope, by name: those that have streams, and those that have a record.
func (s *Service) groupsOf(scope function.Scope) ([]*Group, error) {
	all, err := s.cfg.Files.Groups(scope)
	if err != nil {
		return nil, err
	}
	at := make(map[string]int, len(all))
	for i, g := range all {
		g.Class = Standard
		at[g.ID.Name] = i
	}
	for _, record := range s.records(scope) {
		if i, ok := at[record.ID.Name]; ok {
			counted := *record
			counted.Bytes = all[i].Bytes
			all[i] = &counted
		} else {
			all = append(all, record)
		}
	}
	slices.SortFunc(all, func(a, b *Group) int { return strings.Compare(a.ID.Name, b.ID.Name) })
	return all, nil
}

func (s *Service) records(scope function.Scope) (all []*Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, e := range s.groups {
		if record := e.record.Load(); record != nil && id.Scope == scope {
			all = append(all, record)
		}
	}
	return all
}

// change replaces a group's record by one that change has made of it. A group without one gets its own.
func (s *Service) change(ctx context.Context, id GroupID, change func(g *Group) error) error {
	e := s.acquire(id)
	defer s.release(e)
	e.changing.Lock()
	defer e.changing.Unlock()
	g, err := s.existing(e)
	if err != nil {
		return err
	}
	g = g.clone()
	if err := change(g); err != nil {
		return err
	}
	return s.put(ctx, e, g)
}

// put keeps a record, and lets its metric filters see what comes from now on. changing is held.
func (s *Service) put(ctx context.Context, e *entry, g *Group) error {
	if err := s.cfg.Store.WriteLogs(ctx, func(tx Tx) error { return tx.PutLogGroup(g) }); err != nil {
		return err
	}
	e.record.Store(g)
	s.watch(e, g)
	return nil
}
