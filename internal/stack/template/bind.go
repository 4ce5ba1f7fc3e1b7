package template

// Inputs are what a stack gives to its template.
type Inputs struct {
	// Parameters are the values that the caller gave, as text; lists with commas.
	Parameters map[string]string
	Pseudo     Pseudo
	// Lookup returns the value of a stored parameter (Systems Manager's), for the types AWS::SSM::Parameter::Value<…>. Its
	// error is taken for "no such parameter" if it is a fault of the kind NotFound. Nil knows no parameters.
	Lookup func(name string) (string, error)
}

// Pseudo holds the pseudo parameters. URLSuffix and Partition have AWS's defaults.
type Pseudo struct {
	AccountID, Region, Partition, URLSuffix string
	StackName, StackID                      string
	NotificationARNs                        []string
}

// Bound is a template with values for its parameters: it knows which resources and outputs there are to be.
type Bound struct {
	Scope
	Parameters []Value // in the template's order
	Resources  []*Resource
	Outputs    []*Output
}

// Resource is one that is to be made. Those that a condition leaves out are not in Bound.
type Resource struct {
	LogicalID, Type string
	// Properties, UpdatePolicy and CreationPolicy are not evaluated; nil if the template has none.
	Properties, UpdatePolicy, CreationPolicy map[string]any
	Metadata                                 map[string]any
	// DeletionPolicy is Delete, Retain, RetainExceptOnCreate, Snapshot, or empty if the template does not say;
	// UpdateReplacePolicy Delete, Retain, Snapshot, or empty.
	DeletionPolicy, UpdateReplacePolicy string
	// DependsOn are the logical ids of the resources that must be there before, each once, sorted: those of DependsOn, Ref,
	// Fn::GetAtt and Fn::Sub in properties and policies, as the conditions fall. Resources that are not to be made are not named.
	DependsOn []string
	// References are the values that the properties take from other resources, each once, in the template's order.
	References []Reference
}

// Reference is a value that a property takes from a resource or parameter.
type Reference struct {
	Property  string // the property of the first level; empty outside the properties
	To        string // logical id, or the name of a parameter
	Attribute string // empty is Ref
}

// Output is one that the stack is to have.
type Output struct {
	Key, Description string
	Value            any // not evaluated
	Export           any // name of the export, not evaluated; nil if it is not exported
}
