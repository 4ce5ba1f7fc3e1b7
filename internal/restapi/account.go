package restapi

import "sluice/internal/function"

// Account is what API Gateway keeps of an account in a region.
type Account struct {
	Scope function.Scope
	// LogRole is the role that writes logs; kept.
	LogRole string `json:",omitempty"`
}

// The limits of an account, as AWS's defaults. They are shown and not in force.
const (
	AccountBurst = 5000
	AccountRate  = 10000.0
)
