package restapi

import (
	"time"

	"sluice/internal/function"
)

// APIKey is what a client shows to methods that want one.
type APIKey struct {
	Scope       function.Scope
	ID          string
	Name        string `json:",omitempty"`
	Value       string // 20 to 128 letters and digits; a secret
	Description string `json:",omitempty"`
	Customer    string `json:",omitempty"`
	Enabled     bool
	// Stages are API/STAGE pairs, an older way than usage plans to say where a key is good for. Kept.
	Stages           []string          `json:",omitempty"`
	Tags             map[string]string `json:",omitempty"`
	Created, Updated time.Time
}
