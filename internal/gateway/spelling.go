package gateway

import "net/http"

// spelling returns how a header's name was written by the sender of a request, where that is known; nil where it is not.
func spelling(*http.Request) func(name string) string { return nil }
