package wire

import (
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
)

const (
	// deepestName is how many dots a parameter's name may have: twice the levels of the deepest structure, since each
	// list and map adds one.
	deepestName = 64
	// longestName bounds a parameter's name in bytes. Sorting compares names as long as they are equal.
	longestName = 1024
)

// parameter is one of a form's, unescaped. Its name is a path, such as "MetricData.member.1.Value".
type parameter struct{ name, value string }

// form holds the parameters of a request in the query protocol, by name; so all that belongs to one member stands
// together, and is found by halving. No tree is made of it: what nobody asks for costs nothing, whatever its name.
type form []parameter

// parseForm reads parameters as they stand in a body or a query string. Unlike url.ParseQuery it has no bound of its
// own on their number: a PutMetricData may have tens of thousands, and the body is bounded.
func parseForm(raw string) (form, *Error) {
	f := make(form, 0, strings.Count(raw, "&")+1)
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		p, ok := unescapedParameter(name, value)
		if !ok {
			return nil, malformedForm("The form has an escape that is none.")
		}
		if len(p.name) > longestName || strings.Count(p.name, ".") > deepestName {
			return nil, malformedForm("The name of a parameter is too long or has too many levels.")
		}
		f = append(f, p)
	}
	slices.SortStableFunc(f, func(a, b parameter) int { return strings.Compare(a.name, b.name) })
	return f, nil
}

func unescapedParameter(name, value string) (parameter, bool) {
	plainName, err := url.QueryUnescape(name)
	if err != nil {
		return parameter{}, false
	}
	plainValue, err := url.QueryUnescape(value)
	return parameter{plainName, plainValue}, err == nil
}

func malformedForm(message string) *Error {
	return &Error{Code: "MalformedQueryString", Status: http.StatusBadRequest, Message: message}
}

// get returns the value of a parameter, empty if there is none; of several the first.
func (f form) get(name string) string {
	own, _, _ := f.member(0, name)
	if own == nil {
		return ""
	}
	return own.value
}

// member returns the parameter that bears a segment of a name, and those whose names go on after it. The names of f
// are equal up to byte at, where the segment begins; those of inside are equal up to byte after.
func (f form) member(at int, segment string) (own *parameter, inside form, after int) {
	first := sort.Search(len(f), func(i int) bool { return f[i].name[at:] >= segment })
	if first < len(f) && f[first].name[at:] == segment {
		own = &f[first]
	}
	prefix := segment + "."
	from := first + sort.Search(len(f)-first, func(i int) bool { return f[first+i].name[at:] >= prefix })
	to := from + sort.Search(len(f)-from, func(i int) bool { return !strings.HasPrefix(f[from+i].name[at:], prefix) })
	return own, f[from:to], at + len(prefix)
}

// numbered is what belongs to one item of a list or entry of a map.
type numbered struct {
	number int
	own    *parameter // the item's value; nil if it has only parts
	inside form
	after  int
}

// items sorts parameters by the number at byte at of their names. Numbers may leave gaps, which close: so a large one
// takes no memory. It returns the name of a parameter that has no number there, if there is one.
func (f form) items(at int) (all []numbered, wrong string) {
	for len(f) > 0 {
		segment, _, _ := strings.Cut(f[0].name[at:], ".")
		n, ok := index(segment)
		if !ok {
			return nil, f[0].name
		}
		item := numbered{number: n}
		item.own, item.inside, item.after = f.member(at, segment)
		all = append(all, item)
		f = f.without(at, segment)
	}
	slices.SortFunc(all, func(a, b numbered) int { return a.number - b.number })
	return all, ""
}

// without leaves out the parameters at f's beginning that belong to a segment.
func (f form) without(at int, segment string) form {
	n := sort.Search(len(f), func(i int) bool {
		rest, found := strings.CutPrefix(f[i].name[at:], segment)
		return !found || rest != "" && rest[0] != '.'
	})
	return f[n:]
}

// index reads a number of at most nine digits without leading zeros, of which there would be several spellings.
func index(segment string) (int, bool) {
	if segment == "" || len(segment) > 9 || segment[0] == '0' && len(segment) > 1 {
		return 0, false
	}
	n := 0
	for _, c := range []byte(segment) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}
