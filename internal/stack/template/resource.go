package template

import (
	"slices"
	"strings"
)

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
	// Fn::GetAtt and Fn::Sub, as the conditions fall. Resources that are not to be made are not named.
	DependsOn []string
	// References are the values that the properties and policies take from resources and parameters, each once, in the
	// template's order.
	References []Reference
}

// resourceKeys are the attributes of resources, and Version, which custom resources have.
var resourceKeys = []string{
	"Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdatePolicy", "UpdateReplacePolicy",
	"Version",
}

// maxResources is how many resources a template may have. CloudFormation allows 500, too few for 200 functions with their aliases and
// alarms.
const maxResources = 2_000

// checkResources checks the section Resources.
func (c *checker) checkResources(root node) *Error {
	section := root.key("Resources")
	names, err := sectionNames(section, "Resources", "Resource", maxResources)
	if err != nil {
		return err
	}
	missing := &unresolved{}
	edges := map[string][]string{}
	for _, name := range names {
		n := section.member(name)
		if err := c.checkResource(name, n); err != nil {
			return err
		}
		if err := c.resolves(n, missing); err != nil {
			return err
		}
		for _, each := range dependsOn(n) {
			if on, _ := each.value.(string); !c.resources[on] {
				missing.add(on, each.at)
			}
		}
		edges[name] = c.always(n)
	}
	if missing.names != nil {
		return errorAt(missing.at, "Template format error: Unresolved resource dependencies [%s] in the Resources block of the template", strings.Join(missing.names, ", "))
	}
	return circular(section, names, edges)
}

func (c *checker) checkResource(name string, n node) *Error {
	if !n.has("Type") {
		return errorAt(n.at, "Template format error: [/Resources/%s] Every Resources object must contain a Type member.", name)
	}
	if kind, ok := n.key("Type").value.(string); !ok || kind == "" {
		return errorAt(n.key("Type").at, "Template format error: [/Resources/%s/Type] Every Type member must be a string.", name)
	}
	for _, key := range n.names() {
		if !slices.Contains(resourceKeys, key) {
			return errorAt(n.key(key).at, "Invalid template resource property '%s'", key)
		}
	}
	for _, key := range []string{"Properties", "Metadata", "UpdatePolicy", "CreationPolicy"} {
		if _, ok := n.key(key).value.(map[string]any); n.has(key) && !ok {
			return errorAt(n.key(key).at, "Template format error: [/Resources/%s/%s] Every %s member must be an object.", name, key, key)
		}
		if err := c.check(n.key(key)); err != nil {
			return err
		}
	}
	for _, each := range dependsOn(n) {
		if _, ok := each.value.(string); !ok {
			return errorAt(each.at, "Template format error: DependsOn must be a string or list of strings.")
		}
	}
	if err := c.conditionOf(n, "Resources"); err != nil {
		return err
	}
	return c.checkPolicies(name, n)
}

// conditionOf checks the condition that a resource or output has.
func (c *checker) conditionOf(n node, block string) *Error {
	if !n.has("Condition") {
		return nil
	}
	name, ok := n.key("Condition").value.(string)
	if !ok {
		return errorAt(n.key("Condition").at, "Template format error: Every Condition member must be a string.")
	}
	if !c.conditions[name] {
		return errorAt(n.key("Condition").at, "Template format error: Unresolved condition dependency %s in the %s block of the template", name, block)
	}
	return nil
}
