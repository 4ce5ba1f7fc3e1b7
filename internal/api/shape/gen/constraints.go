package main

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// constraints writes a variable for each shape of which the service demands something, and one for each pattern.
func (m *model) constraints() (string, error) {
	demanding := m.demanding()
	names := make([]string, 0, len(demanding))
	for name := range demanding {
		names = append(names, name)
	}
	sort.Strings(names)
	var b bytes.Buffer
	for _, name := range names {
		text, err := m.constraint(name, demanding)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "var %s = shape.Constraint{\n%s}\n\n", ruleName(name), text)
	}
	return b.String(), nil
}

// demanding finds the shapes of requests that demand something themselves, or whose parts do.
func (m *model) demanding() map[string]bool {
	found := map[string]bool{}
	var walk func(name string) bool
	walk = func(name string) bool {
		s := m.Shapes[name]
		demands := s.Min != nil || s.Max != nil || s.Pattern != nil || s.Enum != nil || s.Sensitive || len(s.Required) > 0
		for _, n := range m.fields(s) {
			demands = walk(s.Members.values[n].Shape) || demands
		}
		for _, r := range []*reference{s.Member, s.Key, s.Value} {
			demands = r != nil && walk(r.Shape) || demands
		}
		if demands {
			found[name] = true
		}
		return demands
	}
	for _, name := range m.Operations.names {
		if in := m.Operations.values[name].Input; in != nil {
			walk(in.Shape)
		}
	}
	return found
}

func (m *model) constraint(name string, demanding map[string]bool) (string, error) {
	s := m.Shapes[name]
	var b bytes.Buffer
	field := func(key, value string) { fmt.Fprintf(&b, "%s: %s,\n", key, value) }
	if s.Min != nil || s.Max != nil {
		key := "Length"
		if s.number() {
			key = "Range"
		}
		field(key, s.bounds())
	}
	if s.Pattern != nil {
		text, err := pattern(*s.Pattern)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		field("Pattern", text)
	}
	if s.Enum != nil {
		field("Enum", fmt.Sprintf("%#v", s.Enum))
	}
	if s.unlisted != nil {
		field("Unlisted", fmt.Sprintf("%#v", s.unlisted))
	}
	if s.Sensitive {
		field("Sensitive", "true")
	}
	if s.ofList {
		field("OfList", "true")
	}
	if s.sparse {
		field("Sparse", "true")
	}
	for _, part := range []struct {
		key string
		ref *reference
	}{{"Item", s.Member}, {"Key", s.Key}, {"Value", s.Value}} {
		if part.ref != nil && demanding[part.ref.Shape] {
			field(part.key, "&"+ruleName(part.ref.Shape))
		}
	}
	if s.Type == "structure" {
		field("Members", "[]shape.Member{\n"+m.members(s, demanding)+"}")
	}
	return b.String(), nil
}

func (m *model) members(s *shape, demanding map[string]bool) string {
	required := map[string]bool{}
	for _, name := range s.Required {
		required[name] = true
	}
	var b strings.Builder
	for i, name := range m.fields(s) {
		of := s.Members.values[name].Shape
		if !required[name] && !demanding[of] {
			continue
		}
		fmt.Fprintf(&b, "{Field: %d, Name: %q", i, strings.ToLower(name[:1])+name[1:])
		if required[name] {
			b.WriteString(", Required: true")
		}
		if demanding[of] {
			b.WriteString(", Rules: &" + ruleName(of))
		}
		b.WriteString("},\n")
	}
	return b.String()
}

func (s *shape) number() bool {
	return s.Type == "integer" || s.Type == "long" || s.Type == "double" || s.Type == "float"
}

func (s *shape) bounds() string {
	var parts []string
	if s.Min != nil {
		parts = append(parts, "Min: "+decimal(*s.Min), "HasMin: true")
	}
	if s.Max != nil {
		parts = append(parts, "Max: "+decimal(*s.Max), "HasMax: true")
	}
	if s.Type == "double" || s.Type == "float" {
		parts = append(parts, "Decimal: true")
	}
	return "&shape.Bounds{" + strings.Join(parts, ", ") + "}"
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func ruleName(name string) string { return "rules" + goName(name) }
