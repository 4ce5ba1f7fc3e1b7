package sam

var serverlessFunction = kind{rank: functionRank, expand: func(t *transform, s *source) ([]*resource, error) { return nil, nil }}
