package logs

import (
	"time"

	"sluice/internal/function"
)

// MaxFilters is how many metric filters a group can have (AWS: API reference of PutMetricFilter).
const MaxFilters = 100

// MetricFilter turns a group's matching events into data of a metric.
type MetricFilter struct {
	Name     string // up to 512 characters without : and *
	Pattern  string // see package pattern
	Created  time.Time
	Metric   Transformation
	Selected string   // AWS's fieldSelectionCriteria: kept and shown
	Emitted  []string // AWS's emitSystemFieldDimensions: kept and shown
	// Transformed is AWS's applyOnTransformedLogs: kept and shown; events are never transformed here.
	Transformed bool
}

// Transformation says what a matching event gives to a metric.
type Transformation struct {
	Namespace, Name string // up to 255 characters without : * $ each; a namespace may have : (recording
	// test_put_metric_filter_with_special_namespace)
	// Value is a number, or what to take from the event: $.field of a JSON pattern, $column of a space-delimited one. An
	// event in which that is no number, or one that no metric takes, gives nothing.
	Value string
	// Default is published for a minute (of the cloud) in which events came but none matched. Nil publishes nothing.
	Default *float64
	// Dimensions are up to three names of dimensions with where their values come from: $.field or $column. An event
	// that lacks one, or has one that no metric takes, gives nothing. Not together with Default.
	Dimensions map[string]string
	Unit       string // such as Count; empty means None
}

// GroupFilter is a metric filter with its group.
type GroupFilter struct {
	Group GroupID
	*MetricFilter
}

// MetricFilterQuery asks for metric filters, ordered by group and name. Each empty field matches any.
type MetricFilterQuery struct {
	Scope             function.Scope
	Group             string // fault.NotFound "group" if it does not exist
	Prefix            string // of the filter's name
	Namespace, Metric string
	Token             string // from an answer to the same query
	Limit             int    // 0 means 50
}
