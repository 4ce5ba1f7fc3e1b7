package deployer

import (
	"slices"
	"strings"
)

// Stamp is what Sluice writes into the description of a version that it publishes.
type Stamp struct {
	Release string `json:"release,omitempty"`
	By      string `json:"by,omitempty"`
	Commit  string `json:"commit,omitempty"` // of git; empty outside of a repository. A "+" at its end: with changes that are not committed
	Tag     string `json:"tag,omitempty"`    // of git, if the commit has one
}

// ReadStamp returns the stamp in a version's description. ok is false if somebody else published it.
func ReadStamp(description string) (s Stamp, ok bool) {
	_, fields, ok := readMark(description)
	if !ok {
		return Stamp{}, false
	}
	return Stamp{Release: fields["release"], By: fields["by"], Commit: fields["commit"], Tag: fields["tag"]}, true
}

// Description returns a version's description: what a person looks for first, then the stamp.
func (s *Stamp) Description() string {
	return mark(strings.TrimSpace(s.Tag+" "+cut(s.Commit, 8)), []field{{"release", s.Release}, {"by", s.By}, {"commit", s.Commit}, {"tag", s.Tag}})
}

// Tagged returns the newest version that was published from a git tag. ok is false if none was.
func (f *Found) Tagged(tag string) (v Version, ok bool) {
	for _, v := range slices.Backward(f.Versions) {
		if s, stamped := ReadStamp(v.Description); stamped && s.Tag == markValue(tag) {
			return v, true
		}
	}
	return Version{}, false
}
