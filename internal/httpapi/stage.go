package httpapi

import "time"

// DefaultStage is the name of the stage that clients reach without a name in their path.
const DefaultStage = "$default"

// Stage is a deployment that clients reach, at https://API.execute-api.REGION.amazonaws.com/NAME/, or without a name there if it is
// DefaultStage.
type Stage struct {
	API         ID
	Name        string // letters, digits, - and _; or DefaultStage
	Deployment  string `json:",omitempty"` // its ID; empty: nothing is deployed yet
	AutoDeploy  bool   `json:",omitempty"` // whether each change of the API is deployed
	Description string `json:",omitempty"`
	// Message tells how the last automatic deployment went.
	Message string `json:",omitempty"`
	// Variables are what ${stageVariables.NAME} in an integration stands for.
	Variables map[string]string `json:",omitempty"`
	// Default are settings of all routes, Routes those of single ones by their keys.
	Default RouteSettings
	Routes  map[string]RouteSettings `json:",omitempty"`
	// AccessLog says where a line for each request goes; nil: nowhere.
	AccessLog         *AccessLog        `json:",omitempty"`
	ClientCertificate string            `json:",omitempty"` // kept
	Tags              map[string]string `json:",omitempty"`
	Managed           bool              `json:",omitempty"` // made with the API by a target
	// Created and Updated are to the microsecond, in UTC.
	Created, Updated time.Time
}

// AccessLog says where a line for each request goes, and what it looks like.
type AccessLog struct {
	Destination string `json:",omitempty"` // the ARN of a log group
	Format      string `json:",omitempty"` // text with $context variables
}

// RouteSettings are those of a stage for its routes. Throttling is in force, the others are kept. nil was not given.
type RouteSettings struct {
	Metrics      *bool    `json:",omitempty"` // whether the metrics of single routes are published; kept
	DataTrace    *bool    `json:",omitempty"`
	LoggingLevel *string  `json:",omitempty"`
	Burst        *int64   `json:",omitempty"` // how many requests may come at once
	Rate         *float64 `json:",omitempty"` // how many a second in the long run
}
