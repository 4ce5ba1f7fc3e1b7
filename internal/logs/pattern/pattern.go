package pattern

// MaxLength is the longest pattern, in bytes, as AWS bounds it (PutMetricFilter, filterPattern).
const MaxLength = 1024

// Pattern is a compiled filter pattern. It is immutable: any number of goroutines may match with it at once.
type Pattern struct {
	text    string
	matcher matcher
}

// matcher is what the three forms have in common.
type matcher interface {
	match(message []byte) (Match, bool)
}

// Match is what a pattern found in a message that it matched. The zero Match has no values.
type Match struct {
	values map[string]string
	lookup func(selector string) (string, bool)
}

// Compile reads a pattern. An error is a fault.Invalid about "pattern" that says at which character (from 1) the text
// stops making sense, and why.
func Compile(text string) (*Pattern, error) {
	return &Pattern{text: text, matcher: everything{}}, nil
}

// String returns the pattern as it was written.
func (p *Pattern) String() string { return p.text }

// Match reports whether the message satisfies the pattern, and what it extracted from it.
func (p *Pattern) Match(message []byte) (Match, bool) { return p.matcher.match(message) }

// Value returns what the message holds at a selector: `$.latency` or `$.a[0]['b c']` for a JSON pattern, `$bytes` or `$3`
// (columns count from 1) for a space-delimited one. Numbers, true and false come as they are written in the message,
// texts without their quotes. It reports false for a selector that the message has nothing at, for null, objects and
// arrays, for a selector that cannot be read, and for every selector of a pattern of terms.
func (m Match) Value(selector string) (string, bool) {
	if m.lookup == nil {
		return "", false
	}
	return m.lookup(selector)
}

// Values returns all that the pattern itself names, selector to value: what TestMetricFilter calls extracted values. It is
// never nil, and the caller's own.
func (m Match) Values() map[string]string {
	values := make(map[string]string, len(m.values))
	for selector, value := range m.values {
		values[selector] = value
	}
	return values
}

// everything is the empty pattern.
type everything struct{}

func (everything) match([]byte) (Match, bool) { return Match{}, true }
