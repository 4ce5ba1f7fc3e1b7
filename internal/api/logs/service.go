package logs

import (
	"time"

	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/logs"
)

// maxBatch is the longest body of PutLogEvents in bytes: a batch's messages may consist of characters that JSON writes
// with six.
const maxBatch = 6*logs.MaxBatchBytes + 1<<20

// Config says what the API stands on.
type Config struct {
	Logs *logs.Service // needed
}

type api struct{ logs *logs.Service }

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{logs: cfg.Logs}
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	s.SystemTags = "aws: prefixed tag key names are not allowed for external use."
	s.Invalid = invalid
	s.LimitBody("PutLogEvents", maxBatch, "")
	a.handleGroups(s)
	wire.Handle(s, "CreateLogStream", a.createStream)
	wire.Handle(s, "DeleteLogStream", a.deleteStream)
	wire.Handle(s, "DescribeLogStreams", a.describeStreams)
	wire.Handle(s, "PutLogEvents", a.putEvents)
	wire.Handle(s, "GetLogEvents", a.getEvents)
	wire.Handle(s, "FilterLogEvents", a.filterEvents)
	wire.Handle(s, "PutMetricFilter", a.putMetricFilter)
	wire.Handle(s, "DescribeMetricFilters", a.describeMetricFilters)
	wire.Handle(s, "DeleteMetricFilter", a.deleteMetricFilter)
	wire.Handle(s, "TestMetricFilter", a.testMetricFilter)
	wire.Handle(s, "PutResourcePolicy", a.putPolicy)
	wire.Handle(s, "DescribeResourcePolicies", a.describePolicies)
	wire.Handle(s, "DeleteResourcePolicy", a.deletePolicy)
	wire.Handle(s, "PutSubscriptionFilter", a.putSubscription)
	wire.Handle(s, "DescribeSubscriptionFilters", a.describeSubscriptions)
	wire.Handle(s, "DeleteSubscriptionFilter", a.deleteSubscription)
	wire.Handle(s, "StartQuery", a.startQuery)
	wire.Handle(s, "DescribeQueries", a.describeQueries)
	return s
}

func (a *api) handleGroups(s *wire.Service) {
	wire.Handle(s, "CreateLogGroup", a.createGroup)
	wire.Handle(s, "DeleteLogGroup", a.deleteGroup)
	wire.Handle(s, "DescribeLogGroups", a.describeGroups)
	wire.Handle(s, "ListLogGroups", a.listGroups)
	wire.Handle(s, "PutRetentionPolicy", a.putRetention)
	wire.Handle(s, "DeleteRetentionPolicy", a.deleteRetention)
	wire.Handle(s, "AssociateKmsKey", a.associateKey)
	wire.Handle(s, "DisassociateKmsKey", a.disassociateKey)
	wire.Handle(s, "PutLogGroupDeletionProtection", a.putProtection)
	wire.Handle(s, "TagLogGroup", a.tagGroup)
	wire.Handle(s, "UntagLogGroup", a.untagGroup)
	wire.Handle(s, "ListTagsLogGroup", a.listGroupTags)
	wire.Handle(s, "TagResource", a.tag)
	wire.Handle(s, "UntagResource", a.untag)
	wire.Handle(s, "ListTagsForResource", a.listTags)
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// named is a group that a request names, whether it exists or not.
func named(r *wire.Request, name *string) logs.GroupID {
	return logs.GroupID{Scope: scope(r), Name: wire.Value(name)}
}

// identified is a group that a request names either by name, or by name or ARN.
func identified(r *wire.Request, name, identifier *string) (logs.GroupID, error) {
	switch {
	case name != nil && identifier != nil:
		return logs.GroupID{}, fault.Errorf(fault.Invalid, "query", "logGroupName and logGroupIdentifier are mutually exclusive.")
	case name != nil:
		return named(r, name), nil
	case identifier != nil:
		return logs.ParseGroup(scope(r), *identifier)
	}
	return logs.GroupID{}, fault.Errorf(fault.Invalid, "query", "Either logGroupName or logGroupIdentifier is needed.")
}

// millis is a time as this API writes it, or no member for the zero time.
func millis(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	return new(t.UnixMilli())
}

// instant is a time that a request names, the zero time if it names none.
func instant(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}
