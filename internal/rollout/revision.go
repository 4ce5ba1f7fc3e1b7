package rollout

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"sluice/internal/fault"
)

// Revision is where a deployment's AppSpec comes from: the content itself.
type Revision struct {
	Type    string // as the request spells it; answers spell it so too
	Content string
	SHA256  string // of the content, hex
}

// maxSpec is how many bytes an AppSpec file has at most. One for a function has some hundred; the time and memory that
// the YAML parser takes grow with the square of what it reads.
const maxSpec = 16 << 10

// check completes the hash, or compares it with the one that was given.
// Errors: fault.Invalid "revision required" or "revision".
func (r *Revision) check() error {
	if strings.TrimSpace(r.Content) == "" {
		return fault.Errorf(fault.Invalid, "revision required", "RevisionLocation must be specified")
	}
	if len(r.Content) > maxSpec {
		return fault.Errorf(fault.Invalid, "revision", "The AppSpec file has %d bytes; at most %d are allowed", len(r.Content), maxSpec)
	}
	sum := sha256.Sum256([]byte(r.Content))
	actual := hex.EncodeToString(sum[:])
	if r.SHA256 != "" && !strings.EqualFold(r.SHA256, actual) {
		return fault.Errorf(fault.Invalid, "revision", "The sha256 of the revision's content is %s, not %s", actual, r.SHA256)
	}
	r.SHA256 = actual
	return nil
}
