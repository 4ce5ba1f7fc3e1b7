package restapi

import "time"

// Deployment is a snapshot of an API. Only its description ever changes.
type Deployment struct {
	API         ID
	ID          string
	Description string    `json:",omitempty"`
	Created     time.Time // to the microsecond, in UTC
	Definition
}
