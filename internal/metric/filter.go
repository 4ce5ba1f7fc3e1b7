package metric

import (
	"time"

	"sluice/internal/function"
)

// Filter chooses metrics of a scope. Empty members choose all.
type Filter struct {
	Scope           function.Scope
	Namespace, Name string
	// Dimensions must all be there; a metric may have others as well.
	Dimensions []DimensionFilter
	// Active leaves out metrics whose newest data are older than this. 0 means all that ListMetrics shows: two weeks.
	Active time.Duration
	// After is where an earlier list ended (see Service.List). Empty means the beginning; any text is a position.
	After string
	// Limit is the most metrics to list. 0 means all.
	Limit int
}

// DimensionFilter asks for a dimension of this name, with this value or, if Any, with any.
type DimensionFilter struct {
	Name, Value string
	Any         bool
}
