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
	return mark(strings.TrimSpace(s.Tag+" "+abridged(s.Commit, 8)), []field{{"release", s.Release}, {"by", s.By}, {"commit", abridged(s.Commit, maxMarkValue)}, {"tag", s.Tag}})
}

// abridged is the beginning of a commit. That there were changes beside it is still said.
func abridged(commit string, most int) string {
	if bare, changed := strings.CutSuffix(commit, "+"); changed {
		return cut(bare, most-1) + "+"
	}
	return cut(commit, most)
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
