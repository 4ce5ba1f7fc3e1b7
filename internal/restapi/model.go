package restapi

// Model describes bodies of a content type by a JSON schema (draft 4).
type Model struct {
	ID          string
	Name        string // letters and digits
	Description string `json:",omitempty"`
	ContentType string
	Schema      string // JSON text
}

// RequestValidator says what is checked of a request before it reaches the integration.
type RequestValidator struct {
	ID               string
	Name             string `json:",omitempty"`
	Body, Parameters bool
}
