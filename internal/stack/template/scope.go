package template

import "fmt"

// Scope evaluates intrinsic functions with the values of parameters, conditions and mappings. What only a stack knows comes
// from a Resolver. It may be used by many goroutines at once.
type Scope struct {
	Conditions map[string]bool

	values   map[string]any // of parameters and pseudo parameters
	mappings map[string]any
}

// NewScope evaluates for a transform: with the values that Template.Values returned and the mappings of a tree, but without
// conditions.
func NewScope(values map[string]any, tree map[string]any) *Scope {
	mappings, _ := tree["Mappings"].(map[string]any)
	return &Scope{values: values, mappings: mappings}
}

// Resolver answers what only a stack knows. A method that does not know a value yet returns an *Unknown. Any other error is
// the caller's text: it goes on as it is.
type Resolver interface {
	Ref(logicalID string) (any, error)
	GetAtt(logicalID, attribute string) (any, error)
	ImportValue(name string) (any, error)
	// Zones are the names of the availability zones of a region, for Fn::GetAZs.
	Zones(region string) ([]any, error)
	// Stored is the value of a stored parameter, for {{resolve:ssm:name:version}}; version is 0 for the newest.
	Stored(name string, version int) (string, error)
}

// Unknown is the error of a value that is not there yet: its resource is not made. A change set evaluates property by property
// and meets it.
type Unknown struct {
	LogicalID, Attribute string
}

// Error says what is not known.
func (u *Unknown) Error() string {
	if u.Attribute == "" {
		return fmt.Sprintf("the value of resource %s is not known yet", u.LogicalID)
	}
	return fmt.Sprintf("attribute %s of resource %s is not known yet", u.Attribute, u.LogicalID)
}
