package template

// Summary is what a template says of itself before it has values.
type Summary struct {
	Version, Description string
	Metadata             any // nil if there is none
	Parameters           []Parameter
	ResourceTypes        []string // each once, sorted
	Resources            []ResourceSummary
	Transforms           []string
	// Capabilities are CAPABILITY_IAM or CAPABILITY_NAMED_IAM, and CAPABILITY_AUTO_EXPAND; Reason says why.
	Capabilities []string
	Reason       string
}

// ResourceSummary says of one resource what an import would need to know.
type ResourceSummary struct {
	LogicalID, Type string
}

// Parameter is the declaration of a parameter.
type Parameter struct {
	Key, Type, Description string
	NoEcho                 bool
	// Default is nil if there is none, and the text otherwise.
	Default               *string
	AllowedValues         []string
	AllowedPattern        string
	ConstraintDescription string
	// Lengths count characters, the other two are numbers as written; empty is no bound.
	MinLength, MaxLength, MinValue, MaxValue string
}
