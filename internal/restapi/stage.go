package restapi

import "time"

// Stage is a deployment that clients reach, at https://API.execute-api.REGION.amazonaws.com/NAME.
type Stage struct {
	API         ID
	Name        string // letters, digits, - and _
	Deployment  string // its ID
	Description string `json:",omitempty"`
	// Variables are what ${stageVariables.NAME} in an integration and $stageVariables in a template stand for.
	Variables map[string]string `json:",omitempty"`
	// Methods are settings by resource and method, as somebody wrote them: "*/*" for all, or a path with ~1 for each slash, with
	// or without the first: "~1pets~1{id}/GET" or "pets~1{id}/GET".
	Methods   map[string]*MethodSettings `json:",omitempty"`
	AccessLog *AccessLog                 `json:",omitempty"`
	// CacheEnabled, CacheSize, ClientCertificate, Documentation, Tracing and Firewall are kept.
	CacheEnabled      bool              `json:",omitempty"`
	CacheSize         string            `json:",omitempty"` // GB
	ClientCertificate string            `json:",omitempty"`
	Documentation     string            `json:",omitempty"`
	Tracing           bool              `json:",omitempty"`
	Firewall          string            `json:",omitempty"`
	Canary            *Canary           `json:",omitempty"`
	Tags              map[string]string `json:",omitempty"`
	// Created and Updated are to the microsecond, in UTC.
	Created, Updated time.Time
}

// AccessLog says where a line for each request goes, and what it looks like.
type AccessLog struct {
	Destination string `json:",omitempty"` // the ARN of a log group
	Format      string `json:",omitempty"` // text with $context variables
}

// MethodSettings are those of a stage for some of its methods. Throttling is in force, the others are kept.
type MethodSettings struct {
	Metrics      bool
	LoggingLevel string `json:",omitempty"` // OFF, ERROR or INFO
	DataTrace    bool
	// Burst is how many requests may come at once, Rate how many a second in the long run; -1 means no limit.
	Burst                int64
	Rate                 float64
	Caching              bool
	CacheTTL             int64 // seconds
	CacheEncrypted       bool
	CacheControlRequired bool
	CacheControlStrategy string `json:",omitempty"`
}

// Canary is a second deployment of a stage.
type Canary struct {
	Deployment string            `json:",omitempty"`
	Percent    float64           // of the requests, 0 to 100
	Variables  map[string]string `json:",omitempty"` // in place of the stage's
	UseCache   bool
}
