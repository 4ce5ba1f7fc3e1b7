package template

import (
	"slices"
	"strings"
)

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

// ResourceSummary names a resource and its type.
type ResourceSummary struct {
	LogicalID, Type string
}

// Summary describes a template, to which the transforms need not have been applied. If there are none to apply, it is checked
// as well.
func (t *Template) Summary() (*Summary, error) {
	s, err := t.summary()
	if err != nil {
		return nil, t.placed(err)
	}
	return s, nil
}

func (t *Template) summary() (*Summary, *Error) {
	root := t.root()
	check := t.check
	if t.transformed() {
		check = t.checkRaw
	}
	if err := check(); err != nil {
		return nil, err
	}
	declared, err := parameters(root)
	if err != nil {
		return nil, err
	}
	s := &Summary{Metadata: t.Tree["Metadata"], Parameters: declared, Transforms: t.Transforms()}
	s.Version, _ = Scalar(t.Tree["AWSTemplateFormatVersion"])
	s.Description, _ = Scalar(t.Tree["Description"])
	s.readResources(root.key("Resources"))
	if t.transformed() {
		s.Capabilities = append(s.Capabilities, "CAPABILITY_AUTO_EXPAND")
	}
	return s, nil
}

// readResources lists the resources and says which capability their types ask for. Loops and macros among them have no type.
func (s *Summary) readResources(section node) {
	var named bool
	var asking []string
	for _, name := range section.names() {
		kind, ok := section.member(name).key("Type").value.(string)
		if !ok {
			continue
		}
		s.Resources = append(s.Resources, ResourceSummary{LogicalID: name, Type: kind})
		s.ResourceTypes = append(s.ResourceTypes, kind)
		naming, asks := identityTypes[kind]
		if asks {
			asking = append(asking, kind)
			named = named || naming != "" && section.member(name).key("Properties").has(naming)
		}
	}
	slices.Sort(s.ResourceTypes)
	s.ResourceTypes = slices.Compact(s.ResourceTypes)
	if asking == nil {
		return
	}
	slices.Sort(asking)
	s.Capabilities = []string{"CAPABILITY_IAM"}
	if named {
		s.Capabilities = []string{"CAPABILITY_NAMED_IAM"}
	}
	s.Reason = "The following resource(s) require capabilities: [" + strings.Join(slices.Compact(asking), ", ") + "]"
}

// identityTypes are the types that ask for a capability, and the property with which one asks for a name as well
// (CloudFormation API reference, CreateStack, "Capabilities").
var identityTypes = map[string]string{
	"AWS::IAM::AccessKey":           "",
	"AWS::IAM::Group":               "GroupName",
	"AWS::IAM::InstanceProfile":     "InstanceProfileName",
	"AWS::IAM::ManagedPolicy":       "ManagedPolicyName",
	"AWS::IAM::Policy":              "",
	"AWS::IAM::Role":                "RoleName",
	"AWS::IAM::User":                "UserName",
	"AWS::IAM::UserToGroupAddition": "",
}
