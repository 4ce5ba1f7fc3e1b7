package pattern

// value is what a message holds at a place that a pattern asks about.
type value struct {
	kind   kind
	text   string  // of a scalar, as the message writes it, without quotes
	number float64 // if numeric
	// numeric says that order and equality of numbers can be asked for: a number in JSON, a column that reads as one.
	numeric bool
}

type kind uint8

const (
	absent kind = iota
	null
	boolean
	scalar    // a text or a number
	composite // an object or an array
)

// comparable reports whether the value has a text: nothing that is absent, null or composite is equal to anything, nor
// unequal (AWS answers so for TestMetricFilter).
func (v value) comparable() bool { return v.kind == scalar || v.kind == boolean }
