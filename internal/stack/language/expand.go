package language

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// The transforms that a template may list. SAM's is not applied here.
const (
	extensions = "AWS::LanguageExtensions"
	include    = "AWS::Include"
	serverless = "AWS::Serverless-2016-10-31"
)

// Options are what an expansion knows besides the tree.
type Options struct {
	// Values are those of parameters and pseudo parameters, as Template.Values gives them.
	Values map[string]any
	// Fetch returns the text of a snippet at a location as the template wrote it: s3://bucket/key. What it fails with is Expand's error as it is
	// if the kind is fault.Internal or fault.Unavailable.
	Fetch func(location string) (string, error)
	// Account is printed before the name of a transform that does not exist.
	Account string
}

// Expand applies the transforms of the tree that are this package's: includes first, then AWS::LanguageExtensions if the template
// lists it. It takes them from the section Transform and leaves SAM's there. The given tree is not changed. A transform that it
// does not know is an error, as there are no macros. Its errors are faults of the kind Invalid about a template.
func Expand(tree map[string]any, o Options) (map[string]any, error) {
	declared, err := declarations(tree["Transform"])
	if err != nil {
		return nil, err
	}
	x := &expansion{Options: o, scope: template.NewScope(o.Values, tree), tree: tree, budget: maxValues}
	extended := false
	for _, d := range declared {
		switch d.name {
		case extensions:
			extended = true
		case include, serverless:
		default:
			return nil, x.unknown(d.name)
		}
	}
	if tree, err = x.includeAll(tree, declared); err != nil {
		return nil, err
	}
	if extended {
		if tree, err = x.extend(tree); err != nil {
			return nil, err
		}
	}
	return withTransforms(tree, declared), nil
}

// maxValues is how many values loops and snippets may make.
const maxValues = 250_000

// expansion is one call of Expand.
type expansion struct {
	Options
	scope  *template.Scope
	pseudo *template.Scope // with no parameters but AWS's own
	tree   map[string]any
	budget int // how many values may be made yet
}

func (x *expansion) unknown(name string) error {
	if !strings.Contains(name, "::") && x.Account != "" {
		name = x.Account + "::" + name
	}
	return invalid("No transform named %s found.", name)
}

func invalid(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "template", format, args...)
}

// failed is an error as CloudFormation prints that of a transform.
func failed(transform, format string, args ...any) error {
	return invalid("Transform "+transform+" failed with: "+format, args...)
}

// declaration is a transform that the section Transform lists.
type declaration struct {
	name       string
	parameters map[string]any
}

func declarations(section any) ([]declaration, error) {
	switch section := section.(type) {
	case nil:
		return nil, nil
	case string:
		return []declaration{{name: section}}, nil
	case map[string]any:
		name, ok := section["Name"].(string)
		if !ok {
			// Recorded: TestMacros.test_error_pass_macro_as_reference.
			return nil, invalid("Key Name of transform definition must be a string.")
		}
		parameters, _ := section["Parameters"].(map[string]any)
		return []declaration{{name, parameters}}, nil
	case []any:
		var all []declaration
		for _, each := range section {
			declared, err := declarations(each)
			if err != nil {
				return nil, err
			}
			all = append(all, declared...)
		}
		return all, nil
	}
	return nil, invalid("Template format error: Transform must be a string, an object or a list of them.")
}

// withTransforms leaves of the section Transform what is SAM's.
func withTransforms(tree map[string]any, declared []declaration) map[string]any {
	if _, ok := tree["Transform"]; !ok {
		return tree
	}
	tree = maps.Clone(tree)
	delete(tree, "Transform")
	if slices.ContainsFunc(declared, func(d declaration) bool { return d.name == serverless }) {
		tree["Transform"] = serverless
	}
	return tree
}

// outside is the Resolver of an expansion: it knows no resources.
type outside struct{}

func (outside) Ref(id string) (any, error) { return nil, &template.Unknown{LogicalID: id} }
func (outside) GetAtt(id, attribute string) (any, error) {
	return nil, &template.Unknown{LogicalID: id, Attribute: attribute}
}
func (outside) ImportValue(string) (any, error)    { return nil, &template.Unknown{} }
func (outside) Zones(string) ([]any, error)        { return nil, &template.Unknown{} }
func (outside) Stored(string, int) (string, error) { return "", &template.Unknown{} }
