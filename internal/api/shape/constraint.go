package shape

// Constraint is what a value of one shape has to satisfy. A nil Constraint demands nothing.
type Constraint struct {
	Length    *Bounds  // characters of a string, bytes of a blob, entries of a list or map
	Range     *Bounds  // of a number
	Pattern   *Pattern // of a string
	Enum      []string // the values a string may have, in the order that messages list them
	Unlisted  []string // values accepted besides, which messages don't list
	Sensitive bool     // the value must not be shown in a message
	// OfList words a violation by a list's item as one by the list itself, without "Member must satisfy constraint".
	OfList bool
	// Sparse leaves out of a message about a list's item that it must not be null.
	Sparse bool

	Item       *Constraint // of a list's items
	Key, Value *Constraint // of a map's keys and values
	Members    []Member    // of a structure: those of its members that have to satisfy something
}

// Bounds are the least and greatest permitted length or value, both included. A bound that is absent is not checked.
type Bounds struct {
	Min, Max       float64
	HasMin, HasMax bool
	Decimal        bool // messages write bounds as Java writes a double: 1.0
}

// Member is a member of a structure that has to satisfy something.
type Member struct {
	Field    int    // its index in the Go structure
	Name     string // its name in messages, such as "functionName"
	Required bool
	Rules    *Constraint
}
