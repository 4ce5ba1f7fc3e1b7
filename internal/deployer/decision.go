package deployer

// Decision is what a run has to do for one function. The zero Decision is nothing.
type Decision struct {
	Function Function
	Found    *Found // nil when the function does not exist

	Create  bool     // the function
	Code    bool     // is sent to $LATEST
	Changes []Change // of settings and code, against $LATEST; for people, and for the update
	Tags    TagChange
	Publish bool
	Move    Move
	// Note tells a person why less happens than might be thought, such as "version 4 was rolled back; …". Often empty.
	Note string
}

// Nothing reports whether there is nothing to do.
func (d *Decision) Nothing() bool {
	return !d.Create && !d.Code && len(d.Changes) == 0 && d.Tags.None() && !d.Publish && d.Move.Kind == Stay
}

// Change is one difference between what is there and what is asked for. Secrets are hidden in both values.
type Change struct {
	Field string `json:"field"`          // as sluice.yaml calls it, such as memory or environment.RATE
	From  string `json:"from,omitempty"` // empty: was not there
	To    string `json:"to,omitempty"`   // empty: will not be there
}

// TagChange are the tags of a function that are set and removed.
type TagChange struct {
	Set    map[string]string
	Remove []string // ascending
}

// None reports whether no tag changes.
func (c *TagChange) None() bool { return len(c.Set) == 0 && len(c.Remove) == 0 }

// MoveKind is what happens to an alias.
type MoveKind uint8

// The kinds of move.
const (
	Stay  MoveKind = iota
	Make           // the alias is created on To
	Start          // from stable on From towards To, by Steps
	Next           // in transition: the Steps that are left
	Point          // to one or two versions at once, without steps: $LATEST, or by hand
)

// Move is what happens to an alias. To is empty when the version is not published yet: the run publishes first.
type Move struct {
	Kind     MoveKind
	From, To string
	Steps    []Step  // of Start and Next: ascending, the last is 100 %
	Now      float64 // percent that To has before the move
	Live     *Live   // of Point by hand
}
