package deployer

import "time"

// Phase is what a release has come to on one alias.
type Phase string

// The phases.
const (
	Claimed  Phase = "claimed"  // a run holds the alias and has moved nothing yet
	Shifting Phase = "shifting" // the alias is on its way from From to To
	Paused   Phase = "paused"   // so is it, and no run may move it before it is resumed
	Done     Phase = "done"     // To has all requests
	Returned Phase = "returned" // the alias went back to From: a check or a hook failed, or somebody aborted
	Pinned   Phase = "pinned"   // somebody pointed the alias by hand
)

// Record is what Sluice writes into the description of an alias with each move: enough for any machine to go on, or to
// undo. What else the description says stays, as far as there is room.
type Record struct {
	Release string `json:"release,omitempty"` // id: the same on all functions of a release
	Phase   Phase  `json:"phase"`
	From    string `json:"from,omitempty"` // version
	To      string `json:"to,omitempty"`   // version; empty while it is not published
	// Newest is the newest version that was ever decided about: released, rejected, or left aside by somebody who pinned
	// another. A published version above it was left by a run that was cut off.
	Newest string    `json:"newest,omitempty"`
	By     string    `json:"by,omitempty"` // who
	At     time.Time `json:"at,omitzero"`
	// Lease is until when the run that wrote this holds the alias. Zero: nobody does.
	Lease time.Time `json:"lease,omitzero"`
}

// HeldAt reports whether a run holds the alias at a time.
func (r *Record) HeldAt(now time.Time) bool { return now.Before(r.Lease) }

// Decided returns the newer of Newest and a version, for the next Record.
func (r *Record) Decided(version string) string {
	if number(version) > number(r.Newest) {
		return version
	}
	return r.Newest
}

// ReadRecord returns the record in an alias's description. ok is false if there is none.
func ReadRecord(description string) (r Record, ok bool) {
	_, fields, ok := readMark(description)
	if !ok {
		return Record{}, false
	}
	return Record{
		Release: fields["release"], Phase: Phase(fields["phase"]), From: fields["from"], To: fields["to"], Newest: fields["newest"],
		By: fields["by"], At: readTime(fields["at"]), Lease: readTime(fields["lease"]),
	}, true
}

// Description returns the description of an alias that had another one before: the record, after what a person wrote.
func (r *Record) Description(before string) string {
	text, _, _ := readMark(before)
	return mark(text, []field{
		{"release", r.Release}, {"phase", string(r.Phase)}, {"from", r.From}, {"to", r.To}, {"newest", r.Newest},
		{"by", r.By}, {"at", writeTime(r.At)}, {"lease", writeTime(r.Lease)},
	})
}

func readTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

func writeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
