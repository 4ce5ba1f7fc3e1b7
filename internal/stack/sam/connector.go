package sam

func (t *transform) liftConnectors() error { return nil }
