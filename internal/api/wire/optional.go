package wire

// Value is what an optional member of a request says, or its type's zero value if the request leaves it out.
func Value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
