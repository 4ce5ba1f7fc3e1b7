package logs

import (
	"time"

	"sluice/internal/function"
)

// MaxPolicies is how many resource policies a region of an account can have (AWS: API reference of PutResourcePolicy).
const MaxPolicies = 10

// Policy says which services may write logs. It is kept and shown; nobody else writes here.
type Policy struct {
	Scope    function.Scope
	Name     string
	Document string // JSON as it was put, up to 5120 characters
	Updated  time.Time
}
