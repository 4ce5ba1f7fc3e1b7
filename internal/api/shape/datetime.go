package shape

import "time"

// DateTime is a point in time that its model writes as ISO 8601 where the protocol writes numbers: those of API Gateway's version 2.
// The resolution on the wire is a second. It is in replies alone.
type DateTime struct{ time.Time }

// AtDateTime makes a member of a structure from t.
func AtDateTime(t time.Time) *DateTime { return &DateTime{t} }

// MarshalJSON writes ISO 8601 in UTC.
func (t DateTime) MarshalJSON() ([]byte, error) {
	return t.UTC().AppendFormat(nil, `"2006-01-02T15:04:05Z"`), nil
}
