package sam

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

// connection says what a connector from one type to another makes.
type connection struct {
	Source, Destination string
	// By is what is made: a policy for a role, a queue or a topic, or permissions of a function.
	By string
	// AtSource is set if it is made for the source, not the destination.
	AtSource bool
	// Waits is who has to wait for what is made: the source, the mapping from source to destination, or nobody.
	Waits string
	// Together are the only permissions that may be asked for at once; nil allows any.
	Together [][]string
	Access   []access
}

// access is what one permission of a connector (Read, Write) allows: statements of a policy, or a permission of a function.
type access struct {
	Name       string
	Statements []any
	Permission map[string]any
}

func (c *connection) names() []string {
	var names []string
	for _, a := range c.Access {
		names = append(names, a.Name)
	}
	return names
}

//go:embed data/connectors.json
var connectionText []byte

var connections = sync.OnceValue(func() []connection {
	var all []connection
	decoder := json.NewDecoder(bytes.NewReader(connectionText))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil {
		panic("connectors.json: " + err.Error()) // embedded, and read by every test of connectors
	}
	return all
})

func connectionBetween(source, destination string) *connection {
	all := connections()
	i := slices.IndexFunc(all, func(c connection) bool { return c.Source == source && c.Destination == destination })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// blank is what stands in a connection for something of one of its ends.
type blank struct {
	name  string // "Source.Arn"
	value any
}

// filled returns what the chosen permissions allow, with what they say about both ends filled in. The blanks of all
// permissions have to have a value.
func (w *connectorWork) filled(c *connection) ([]access, error) {
	blanks := []blank{
		{"Source.Arn", w.from.arn}, {"Destination.Arn", w.to.arn}, {"Source.ResourceId", w.from.resource},
		{"Destination.ResourceId", w.to.resource}, {"Source.Name", w.from.name}, {"Destination.Name", w.to.name},
		{"Source.Qualifier", w.from.qualifier}, {"Destination.Qualifier", w.to.qualifier},
	}
	var filled []access
	for _, a := range c.Access {
		f := fillIn{blanks: blanks}
		a.Statements, _ = f.value(a.Statements).([]any)
		a.Permission, _ = f.value(a.Permission).(map[string]any)
		if f.missing != "" {
			return nil, invalidResource(w.id, "%s is missing.", f.missing)
		}
		if slices.Contains(w.permissions, a.Name) {
			filled = append(filled, a)
		}
	}
	return filled, nil
}

type fillIn struct {
	blanks  []blank
	missing string // the first blank that has no value
}

func (f *fillIn) value(value any) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for _, name := range sorted(v) {
			m[name] = f.value(v[name])
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			l[i] = f.value(member)
		}
		return l
	case string:
		return f.text(v)
	}
	return value
}

// text fills the blanks of a text: a text that is a blank becomes its value, others a Fn::Sub.
func (f *fillIn) text(s string) any {
	variables := map[string]any{}
	for _, b := range f.blanks {
		mark := "%{" + b.name + "}"
		if !strings.Contains(s, mark) {
			continue
		}
		if b.value == nil {
			if f.missing == "" {
				f.missing = b.name
			}
			return s
		}
		if s == mark {
			return b.value
		}
		name := strings.ReplaceAll(b.name, ".", "")
		s = strings.ReplaceAll(s, mark, "${"+name+"}")
		variables[name] = b.value
	}
	switch {
	case len(variables) > 0:
		return subWith(s, variables)
	case strings.Contains(s, "${"):
		return sub(s)
	}
	return s
}
