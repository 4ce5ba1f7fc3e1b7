package conformance_test

// place is where an answer deviates.
type place struct {
	File string // of the recording
	Step int
	Path string
}

// known lists each deviation from the recordings that stays, with its reason. docs/aws-compatibility.md shows the list.
var known = []struct {
	place
	Reason string
}{}
