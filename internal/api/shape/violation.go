package shape

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Violation is one way in which a request fails its constraints.
type Violation struct {
	Path   string // such as "routingConfig.additionalVersionWeights" or "tags.1.member.key"
	Value  string // as messages show it, without quotes
	Null   bool   // there is no value
	Hidden bool   // the value is sensitive; Value is empty
	Demand string // such as "Member must not be null"
}

// String words the violation as AWS does.
func (v Violation) String() string {
	var value string
	switch {
	case v.Null:
		value = "Value null at '"
	case v.Hidden:
		value = "Value at '"
	default:
		value = "Value '" + v.Value + "' at '"
	}
	return value + v.Path + "' failed to satisfy constraint: " + v.Demand
}

// Message words all violations of a request as AWS does. It needs at least one.
func Message(violations []Violation) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(len(violations)))
	b.WriteString(" validation error")
	if len(violations) > 1 {
		b.WriteByte('s')
	}
	b.WriteString(" detected: ")
	for i, v := range violations {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(v.String())
	}
	return b.String()
}

const notNull = "Member must not be null"

// maxViolations is how many violations of one request are told of: several times what a person's mistake makes, and few
// enough for an answer of bounded length whatever a request repeats.
const maxViolations = 20

// Validate returns how the structure that input points to violates rules, in the order of its members, and not more than
// the first maxViolations of them. The items of a list that is too long are not looked at.
func Validate(rules *Constraint, input any) []Violation {
	v := reflect.Indirect(reflect.ValueOf(input))
	if rules == nil || v.Kind() != reflect.Struct {
		return nil
	}
	var c checker
	c.structure("", rules, v)
	return c.found
}

type checker struct{ found []Violation }

// full says that more violations would not be told of.
func (c *checker) full() bool { return len(c.found) >= maxViolations }

func (c *checker) add(path string, rules *Constraint, v reflect.Value, demand string) {
	if c.full() {
		return
	}
	hit := Violation{Path: path, Demand: demand, Hidden: rules.Sensitive}
	if !hit.Hidden {
		hit.Value = render(v, rules)
	}
	c.found = append(c.found, hit)
}

func (c *checker) structure(path string, rules *Constraint, v reflect.Value) {
	for _, m := range rules.Members {
		if c.full() {
			return
		}
		at := m.Name
		if path != "" {
			at = path + "." + m.Name
		}
		field := v.Field(m.Field)
		if absent(field) {
			if m.Required {
				c.found = append(c.found, Violation{Path: at, Null: true, Demand: notNull})
			}
			continue
		}
		if m.Rules != nil {
			c.value(at, m.Rules, reflect.Indirect(field))
		}
	}
}

func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return v.IsNil()
	}
	return false
}

func (c *checker) value(path string, rules *Constraint, v reflect.Value) {
	for _, demand := range demands(rules, v, false) {
		c.add(path, rules, v, demand)
	}
	switch v.Kind() {
	case reflect.Struct:
		c.structure(path, rules, v)
	case reflect.Slice:
		if b := rules.Length; b != nil && b.HasMax && length(v) > b.Max {
			return
		}
		if rules.Item != nil {
			c.list(path, rules, v)
		}
	case reflect.Map:
		c.table(path, rules, v)
	}
}

// list checks the items of v. Items that are scalars count as one violation of the whole list, wherever they stand.
func (c *checker) list(path string, rules *Constraint, v reflect.Value) {
	for i := range v.Len() {
		if c.full() {
			return
		}
		item := v.Index(i)
		if !scalar(item.Kind()) {
			c.value(path+"."+strconv.Itoa(i+1)+".member", rules.Item, item)
			continue
		}
		if len(demands(rules.Item, item, false)) == 0 {
			continue
		}
		last := notNull
		if rules.Sparse {
			last = ""
		}
		demand := "Member must satisfy constraint: " + bracket(demands(rules.Item, item, true), last)
		if rules.OfList {
			demand = strings.Join(demands(rules.Item, item, true), ", ")
		}
		c.add(path, rules, v, demand)
		return
	}
}

// table checks keys and values of a map, in the order of its keys.
func (c *checker) table(path string, rules *Constraint, v reflect.Value) {
	badKey, badValue := false, false
	for _, key := range SortedKeys(v) {
		if c.full() {
			return
		}
		value := v.MapIndex(key)
		badKey = badKey || len(demands(rules.Key, key, false)) > 0
		if !scalar(value.Kind()) && rules.Value != nil {
			c.value(path+"."+key.String()+".member", rules.Value, value)
			continue
		}
		badValue = badValue || len(demands(rules.Value, value, false)) > 0
	}
	if badKey {
		c.add(path, rules, v, "Map keys must satisfy constraint: "+bracket(all(rules.Key), ""))
	}
	if badValue {
		c.add(path, rules, v, "Map value must satisfy constraint: "+bracket(all(rules.Value), notNull))
	}
}

// bracket lists what a list's item or a map's key or value has to satisfy: all of it, not only what it violates.
func bracket(demands []string, last string) string {
	if last != "" {
		demands = append(demands, last)
	}
	return "[" + strings.Join(demands, ", ") + "]"
}

func all(rules *Constraint) []string { return demands(rules, reflect.Value{}, true) }

// demands returns what rules ask of the scalar or the size of v, if v violates it, or in any case if all is set.
func demands(rules *Constraint, v reflect.Value, all bool) []string {
	if rules == nil {
		return nil
	}
	var out []string
	if b := rules.Length; b != nil {
		out = b.demands(out, "length", all, func() float64 { return length(v) })
	}
	if b := rules.Range; b != nil {
		out = b.demands(out, "value", all, func() float64 { return number(v) })
	}
	if p := rules.Pattern; p != nil && (all || !p.Accepts(v.String())) {
		out = append(out, "Member must satisfy regular expression pattern: "+p.Text)
	}
	if rules.Enum != nil && (all || !slices.Contains(rules.Enum, v.String()) && !slices.Contains(rules.Unlisted, v.String())) {
		out = append(out, "Member must satisfy enum value set: ["+strings.Join(rules.Enum, ", ")+"]")
	}
	return out
}

// demands adds what the bounds ask of the length or value that measure returns.
func (b *Bounds) demands(out []string, noun string, all bool, measure func() float64) []string {
	if b.HasMax && (all || measure() > b.Max) {
		out = append(out, b.demand(noun, "less", b.Max))
	}
	if b.HasMin && (all || measure() < b.Min) {
		out = append(out, b.demand(noun, "greater", b.Min))
	}
	return out
}

func (b *Bounds) demand(noun, than string, bound float64) string {
	text := strconv.FormatFloat(bound, 'f', -1, 64)
	if b.Decimal {
		text = Double(bound)
	}
	return "Member must have " + noun + " " + than + " than or equal to " + text
}

func length(v reflect.Value) float64 {
	if v.Kind() == reflect.String {
		return float64(utf8.RuneCountInString(v.String()))
	}
	return float64(v.Len())
}

func number(v reflect.Value) float64 {
	if v.CanInt() {
		return float64(v.Int())
	}
	return v.Float()
}

func scalar(k reflect.Kind) bool {
	return k != reflect.Struct && k != reflect.Slice && k != reflect.Map
}
