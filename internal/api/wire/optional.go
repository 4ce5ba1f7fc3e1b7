package wire

// Value is what an optional member of a request says, or its type's zero value if the request leaves it out.
func Value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// Optional is a member of an answer, or none instead of its type's zero value.
func Optional[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

// Set takes over what a request says; what it leaves out stays.
func Set[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}

// Answer shapes what was found or made, if nothing failed.
func Answer[T, Out any](found T, err error, shaped func(T) *Out) (*Out, error) {
	if err != nil {
		return nil, err
	}
	return shaped(found), nil
}
