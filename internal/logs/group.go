package logs

import (
	"maps"
	"slices"
	"time"

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
