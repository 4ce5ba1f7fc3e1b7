package sandbox

// The kinds of sandbox, and the name for none.
const (
	separate   = "separate"
	restricted = "restricted"
)

// Support is what this machine can do to keep programs apart.
type Support struct {
	System string // such as linux 6.18.0
	// Namespaces says why programs can't have namespaces of their own; nil if they can.
	Namespaces error
	// Landlock is the kernel's version of it; 0 if it has none.
	Landlock int
	// Children says why the children of a program can't be listed, so that their memory goes unseen; nil if they can.
	Children error
	// Limits says that programs can be given limits, and that nothing that they start outlives them.
	Limits bool
	// Root says that the server runs as root.
	Root bool
	// shared says that keepers stay in the server's user namespace, as only root's can.
	shared bool
}

// Separate reports whether programs get namespaces of their own: the whole sandbox.
func (s Support) Separate() bool { return s.Namespaces == nil }

// Files reports whether programs are kept from files that are not theirs.
func (s Support) Files() bool { return s.Separate() || s.Landlock > 0 }

// Signals reports whether programs are kept from signalling and tracing others.
func (s Support) Signals() bool { return s.Separate() || s.Landlock >= landlockSignals }

// Processes reports whether the number of a program's processes is bounded.
func (s Support) Processes() bool { return s.Separate() }

// Kind names the sandbox that programs get: separate, restricted, or none.
func (s Support) Kind() string {
	switch {
	case s.Separate():
		return separate
	case s.Landlock > 0:
		return restricted
	default:
		return "none"
	}
}

// landlockSignals is the version of Landlock from which on it keeps signals in (LANDLOCK_SCOPE_SIGNAL).
const landlockSignals = 6
