package sam

func (t *transform) mergeGlobals() error { return nil }
