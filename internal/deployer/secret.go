package deployer

// Secret is a value of a function's environment. It prints as asterisks, so that no log, error or plan shows it.
type Secret string

// String hides the value. %v, %s and %q of a Secret, and its JSON, come from here.
func (Secret) String() string { return "***" }

// GoString hides the value from %#v.
func (Secret) GoString() string { return "***" }

// MarshalText hides the value in JSON and YAML.
func (Secret) MarshalText() ([]byte, error) { return []byte("***"), nil }
