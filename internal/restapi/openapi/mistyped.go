package openapi

import "errors"

// What is of another type than it should be is left out with a warning, in the words of the parser that AWS uses. What an API
// cannot do without is an error.

var errNoObject = errors.New("it is not an object")

// readable reports whether there is anything to import.
func (r *reader) readable() bool {
	paths := r.root["paths"]
	_, ok := paths.(object)
	return ok || paths == nil
}

// mistyped warns of a part of the document.
func (r *reader) mistyped(where, kind string) {
	r.warn("Parse issue: attribute %s is not of type `%s`", where, kind)
}

// inside names a part of a part; that of the document itself has no name.
func inside(where, key string) string {
	if where == "" {
		return key
	}
	return where + "." + key
}

// object returns an object within another. Nothing is none.
func (r *reader) object(of object, key, where string) object {
	found, ok := of[key].(object)
	if !ok && of[key] != nil {
		r.mistyped(inside(where, key), "object")
	}
	return found
}

// list returns a list within an object. Nothing is none.
func (r *reader) list(of object, key, where string) []any {
	found, ok := of[key].([]any)
	if !ok && of[key] != nil {
		r.mistyped(inside(where, key), "array")
	}
	return found
}

// part resolves what has to be an object, and warns if it is none.
func (r *reader) part(value any, where string) (object, bool) {
	if _, ok := value.(object); !ok {
		r.mistyped(where, "object")
		return nil, false
	}
	return r.resolve(value)
}
