package spelling

import (
	"net/http"
	"strings"
)

// Of returns how the sender of a request wrote a header's name, given as net/http writes it. It has to be called before the body
// is read. A name that is not found is as it is given: of a request that came another way, or whose head is too long to remember.
func Of(r *http.Request) func(name string) string {
	m, ok := r.Context().Value(contextKey{}).(*memory)
	if !ok {
		return asGiven
	}
	names := read(m.text(), r.Method+" "+r.RequestURI+" HTTP/1.")
	return func(name string) string {
		if written, ok := names[name]; ok {
			return written
		}
		return name
	}
}

func asGiven(name string) string { return name }

// read finds the names in the newest head that begins so.
func read(text, beginning string) map[string]string {
	from := strings.LastIndex(text, beginning)
	if from < 0 {
		return nil
	}
	names := map[string]string{}
	for line := range strings.Lines(text[from+len(beginning):]) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		if name, _, ok := strings.Cut(line, ":"); ok {
			names[http.CanonicalHeaderKey(name)] = name
		}
	}
	return names
}
