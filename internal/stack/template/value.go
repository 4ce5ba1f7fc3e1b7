package template

// Value is what a parameter has for a stack.
type Value struct {
	Key, Type string
	// Text is as it was given, or the default; with NoEcho it is still the secret.
	Text string
	// Stored is what the parameter store has for a parameter of the types AWS::SSM::Parameter::Value<…>, and empty for others.
	Stored string
	NoEcho bool
	// Default reports that the caller gave none.
	Default bool
	// Value is what Ref returns: a string, or []any of strings for the list types.
	Value any
}
