package logs

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var errStub = fault.Errorf(fault.Unavailable, "logs", "not there yet")

// NewService makes a service. It does nothing before Start.
func NewService(cfg Config) *Service { return &Service{cfg: cfg} }

// Start reads the records and begins to sweep expired events. Close must be called.
func (s *Service) Start(ctx context.Context) error { return nil }

// Close ends what Start and metric filters began, and waits. Events that were appended before have been matched.
func (s *Service) Close() {}

// Stream opens a stream for appending, and its group with it. It is internal/host's Logs.
func (s *Service) Stream(account, region, group, stream string) (Appender, error) {
	return s.cfg.Files.Stream(account, region, group, stream)
}

// ParseGroup reads a group's name or ARN, the latter with or without ":*" at its end. A name is of the given scope. Another
// account's or region's ARN is fault.NotFound "group".
func ParseGroup(scope function.Scope, identifier string) (GroupID, error) { return GroupID{}, errStub }

// CreateGroup creates a group; Created, Filters and Bytes are not looked at.
func (s *Service) CreateGroup(ctx context.Context, g *Group) error { return errStub }

// DeleteGroup deletes a group with its streams and filters. A function that still writes makes it come back.
func (s *Service) DeleteGroup(ctx context.Context, id GroupID) error { return errStub }

// Group returns a group.
func (s *Service) Group(ctx context.Context, id GroupID) (*Group, error) { return nil, errStub }

// Groups lists groups.
func (s *Service) Groups(ctx context.Context, q GroupQuery) ([]*Group, error) { return nil, errStub }

// SetRetention sets for how many days events are kept; 0 means for ever.
func (s *Service) SetRetention(ctx context.Context, id GroupID, days int) error { return errStub }

// SetKey sets the KMS key; "" removes it.
func (s *Service) SetKey(ctx context.Context, id GroupID, key string) error { return errStub }

// SetProtection says whether the group is protected from deletion.
func (s *Service) SetProtection(ctx context.Context, id GroupID, protected bool) error {
	return errStub
}

// Tag adds tags, or replaces them.
func (s *Service) Tag(ctx context.Context, id GroupID, tags map[string]string) error { return errStub }

// Untag removes tags.
func (s *Service) Untag(ctx context.Context, id GroupID, keys []string) error { return errStub }

// CreateStream creates a stream without events.
func (s *Service) CreateStream(ctx context.Context, id StreamID) error { return errStub }

// DeleteStream deletes a stream with its events.
func (s *Service) DeleteStream(ctx context.Context, id StreamID) error { return errStub }

// Streams lists streams. next asks for more; it is empty at the end.
func (s *Service) Streams(ctx context.Context, q StreamQuery) (found []*Stream, next string, err error) {
	return nil, "", errStub
}

// PutEvents adds events, whose times must not decrease. It returns when they are written.
func (s *Service) PutEvents(ctx context.Context, id StreamID, events []Event) (Rejected, error) {
	return Rejected{}, errStub
}

// Events reads one stream.
func (s *Service) Events(ctx context.Context, q EventQuery) (*Page, error) { return nil, errStub }

// Search reads many streams.
func (s *Service) Search(ctx context.Context, q SearchQuery) (*SearchPage, error) {
	return nil, errStub
}

// PutMetricFilter creates or replaces a metric filter; Created is not looked at.
func (s *Service) PutMetricFilter(ctx context.Context, id GroupID, f *MetricFilter) error {
	return errStub
}

// DeleteMetricFilter deletes a metric filter.
func (s *Service) DeleteMetricFilter(ctx context.Context, id GroupID, name string) error {
	return errStub
}

// MetricFilters lists metric filters. next asks for more; it is empty at the end.
func (s *Service) MetricFilters(ctx context.Context, q MetricFilterQuery) (found []GroupFilter, next string, err error) {
	return nil, "", errStub
}

// PutPolicy creates or replaces a resource policy and returns it as it is kept.
func (s *Service) PutPolicy(ctx context.Context, p *Policy) (*Policy, error) { return nil, errStub }

// DeletePolicy deletes a resource policy.
func (s *Service) DeletePolicy(ctx context.Context, scope function.Scope, name string) error {
	return errStub
}

// Policies lists a scope's resource policies by name.
func (s *Service) Policies(ctx context.Context, scope function.Scope) ([]*Policy, error) {
	return nil, errStub
}

// CheckGroupName and CheckStreamName refuse names that break AWS's rules: fault.Invalid "name".
func CheckGroupName(name string) error  { return errStub }
func CheckStreamName(name string) error { return errStub }
