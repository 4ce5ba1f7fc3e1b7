package restapi

import "sluice/internal/function"

// UsagePlan says which stages its keys open, and how often.
type UsagePlan struct {
	Scope       function.Scope
	ID          string
	Name        string
	Description string            `json:",omitempty"`
	Stages      []PlanStage       `json:",omitempty"`
	Throttle    *Throttle         `json:",omitempty"` // of each key
	Quota       *Quota            `json:",omitempty"` // of each key
	ProductCode string            `json:",omitempty"` // kept
	Keys        []string          `json:",omitempty"` // IDs of APIKeys, in the order in which they were added
	Tags        map[string]string `json:",omitempty"`
}

// PlanStage is a stage that a plan's keys open.
type PlanStage struct {
	API, Stage string
	// Throttle is by method, as "/pets/GET".
	Throttle map[string]Throttle `json:",omitempty"`
}

// Throttle bounds how fast requests come.
type Throttle struct {
	Burst int64   // at once
	Rate  float64 // a second
}

// Quota bounds how many requests come in a period.
type Quota struct {
	Limit  int64  // requests
	Offset int64  // kept
	Period string // DAY, WEEK or MONTH
}
