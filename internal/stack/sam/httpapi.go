package sam

var httpAPI = kind{rank: apiRank, expand: func(t *transform, s *source) ([]*resource, error) { return nil, nil }}

var httpAPIEvent = eventKind{expand: func(t *transform, e *event) ([]*resource, error) { return nil, nil }}
