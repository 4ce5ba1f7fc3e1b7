package sam

// apiState is what the APIs of a template share.
type apiState struct{}

// prepareAPIs gives APIs without a definition an empty one, and adds the APIs that events imply. It runs before the globals
// are merged.
func (t *transform) prepareAPIs() error { return nil }

// settleAPIs runs after the globals are merged.
func (t *transform) settleAPIs() error { return nil }

// finishAPIs runs when everything is expanded.
func (t *transform) finishAPIs() error { return nil }

// countAPINames is called with each resource before it is expanded: the deployments of an API depend on the names of the
// functions that have events on it.
func (t *transform) countAPINames(body map[string]any) {}

var restAPI = kind{rank: apiRank, expand: func(t *transform, s *source) ([]*resource, error) { return nil, nil }}

var apiEvent = eventKind{expand: func(t *transform, e *event) ([]*resource, error) { return nil, nil }}
