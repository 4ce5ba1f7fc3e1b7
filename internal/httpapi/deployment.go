package httpapi

import "time"

// Deployment is a snapshot of an API. Only its description ever changes.
type Deployment struct {
	API         ID
	ID          string
	Description string    `json:",omitempty"`
	Auto        bool      `json:",omitempty"` // made for stages that deploy each change; it goes when no stage shows it any more
	Created     time.Time // to the microsecond, in UTC
	Definition
}
