package parameter

import (
	"slices"
	"strings"

	"sluice/internal/fault"
)

// Query says which parameters are asked for. The zero Query asks for all.
type Query struct {
	Path      string // that they lie below; empty for anywhere
	Recursive bool   // also in the levels below the next
	Filters   []Filter
}

// Filter is a condition on a parameter. All of a query have to hold; one holds if any of its values does.
type Filter struct {
	Key    string // Name, Type, KeyId, Path, Tier, DataType, Label or tag:KEY
	Option string // Equals, BeginsWith or Contains; Recursive or OneLevel for a Path; empty for the usual
	Values []string
}

func filterFault(noun, format string, args ...any) error {
	return fault.Errorf(fault.Invalid, noun, format, args...)
}

// keysByPath and keysAnywhere are the filters that GetParametersByPath and DescribeParameters have (their pages).
var (
	keysByPath   = []string{"Type", "KeyId", "Label"}
	keysAnywhere = []string{"Path", "Name", "Type", "KeyId", "Tier", "DataType"}
)

// Check reports what is wrong with a query.
// Errors: fault.Invalid "request", "filter key", "filter option" or "filter value".
func (q *Query) Check() error {
	if q.Path != "" && !validPath(q.Path) {
		return invalid(badPath)
	}
	keys := keysAnywhere
	if q.Path != "" {
		keys = keysByPath
	}
	seen := map[string]bool{}
	for i := range q.Filters {
		f := &q.Filters[i]
		if seen[f.Key] {
			return filterFault("filter key", "The following filter is duplicated in the request: %s. "+
				"A request can contain only one occurrence of a specific filter.", f.Key)
		}
		seen[f.Key] = true
		if !slices.Contains(keys, f.Key) && !strings.HasPrefix(f.Key, "tag:") {
			return filterFault("filter key", "The following filter key is not valid: %s. Valid filter keys include: [%s].",
				f.Key, strings.Join(keys, ", "))
		}
		if err := f.check(); err != nil {
			return err
		}
	}
	return nil
}

func validPath(path string) bool {
	return path == "/" || nameForm.MatchString(strings.TrimSuffix(path, "/")) && strings.HasPrefix(path, "/")
}

func (f *Filter) check() error {
	if len(f.Values) == 0 && !strings.HasPrefix(f.Key, "tag:") {
		return filterFault("filter value", "The following filter values are missing : null for filter key %s.", f.Key)
	}
	options := []string{"", "Equals", "BeginsWith"}
	var values []string
	switch f.Key {
	case "Path":
		options = []string{"", "Recursive", "OneLevel"}
		if !slices.ContainsFunc(f.Values, validPath) {
			return invalid(badPath)
		}
	case "Name":
		options = append(options, "Contains")
	case "Type":
		values = []string{string(String), string(List), string(Secure)}
	case "Tier":
		values = []string{string(Standard), string(Advanced), string(Intelligent)}
	}
	if !slices.Contains(options, f.Option) {
		return filterFault("filter option", "The following filter option is not valid: %s. Valid options include: [%s].",
			f.Option, strings.Join(options[1:], ", "))
	}
	for _, value := range f.Values {
		if values != nil && !slices.Contains(values, value) {
			return filterFault("filter value", "The following filter value is not valid: %s. Valid values include: [%s].",
				value, strings.Join(values, ", "))
		}
	}
	return nil
}

// prefix is what all names begin with that the query finds.
func (q *Query) prefix() string {
	if q.Path == "" || q.Path == "/" {
		return ""
	}
	return strings.TrimSuffix(q.Path, "/") + "/"
}

func (q *Query) finds(p *Parameter) bool {
	if q.Path != "" && !under(p.ID.Name, q.Path, q.Recursive) {
		return false
	}
	return !slices.ContainsFunc(q.Filters, func(f Filter) bool { return !f.holds(p) })
}

// under says whether a name lies in a path, or anywhere below it. Names without a slash lie in the path "/".
func under(name, path string, recursive bool) bool {
	rest, below := strings.CutPrefix("/"+strings.TrimPrefix(name, "/"), strings.TrimSuffix(path, "/")+"/")
	return below && (recursive || !strings.Contains(rest, "/"))
}

func (f *Filter) holds(p *Parameter) bool {
	switch f.Key {
	case "Path":
		return slices.ContainsFunc(f.Values, func(path string) bool { return under(p.ID.Name, path, f.Option == "Recursive") })
	case "Name": // a name is known with and without its first slash
		return f.has(p.ID.Name) || f.has("/"+p.ID.Name) || f.has(strings.TrimPrefix(p.ID.Name, "/"))
	case "Type":
		return f.has(string(p.Latest.Type))
	case "KeyId":
		return p.Latest.Key != "" && f.has(p.Latest.Key)
	case "Tier":
		return f.has(string(p.Latest.Tier))
	case "DataType":
		return f.has(p.Latest.DataType)
	case "Label":
		return slices.ContainsFunc(p.labelsOf(p.Latest.Number), f.has)
	}
	value, tagged := p.Tags[strings.TrimPrefix(f.Key, "tag:")]
	return tagged && (len(f.Values) == 0 || f.has(value))
}

// has says whether the filter accepts a text.
func (f *Filter) has(text string) bool {
	return slices.ContainsFunc(f.Values, func(value string) bool {
		switch f.Option {
		case "BeginsWith":
			return strings.HasPrefix(text, value)
		case "Contains":
			return strings.Contains(text, value)
		}
		return text == value
	})
}
