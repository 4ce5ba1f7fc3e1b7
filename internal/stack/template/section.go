package template

import (
	"slices"
	"strings"
)

// sections are the members that a template may have (CloudFormation User Guide, "Template anatomy").
var sections = []string{
	"AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules",
	"Transform",
}

// maxDescription is the longest description of a template, in bytes.
const maxDescription = 1024

// checkSections checks which sections there are, besides some more, and those that are texts.
func checkSections(root node, more ...string) *Error {
	var unknown []string
	for _, name := range root.names() {
		if !slices.Contains(sections, name) && !slices.Contains(more, name) {
			unknown = append(unknown, name)
		}
	}
	if unknown != nil {
		return errorAt(root.key(unknown[0]).at, "Invalid template property or properties [%s]", strings.Join(unknown, ", "))
	}
	if err := checkTransform(root.key("Transform")); err != nil {
		return err
	}
	if version := root.key("AWSTemplateFormatVersion"); version.value != nil && version.value != "2010-09-09" {
		text, ok := Scalar(version.value)
		if !ok {
			return errorAt(version.at, "Template format error: AWSTemplateFormatVersion value must be a string.")
		}
		return errorAt(version.at, "Template format error: %s is not a supported value for AWSTemplateFormatVersion.", text)
	}
	if description := root.key("Description"); root.has("Description") {
		text, ok := Scalar(description.value)
		if !ok {
			return errorAt(description.at, "Template format error: Description must be a string.")
		}
		if len(text) > maxDescription {
			return errorAt(description.at, "Template format error: 'Description' length is greater than %d.", maxDescription)
		}
	}
	return nil
}

// sectionNames checks a section: a map of maps with alphanumeric names. one is what CloudFormation calls a member of it.
func sectionNames(section node, name, one string, limit int) ([]string, *Error) {
	if _, ok := section.value.(map[string]any); !ok {
		return nil, errorAt(section.at, "Template format error: Any %s member must be an object.", name)
	}
	names := section.names()
	for _, member := range names {
		at := section.key(member).at
		if !alphanumeric(member) {
			return nil, errorAt(at, "Template format error: %s name %s is non alphanumeric.", one, member)
		}
		if len(member) > 255 {
			return nil, errorAt(at, "Template format error: %s name %s is longer than 255 characters.", one, member)
		}
		if _, ok := section.key(member).value.(map[string]any); !ok {
			return nil, errorAt(at, "Template format error: Any %s member must be an object.", name)
		}
	}
	if len(names) > limit {
		return nil, errorAt(section.at, "Template format error: Number of %s, %d, is greater than maximum allowed, %d", strings.ToLower(name), len(names), limit)
	}
	return names, nil
}

func alphanumeric(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return name != ""
}
