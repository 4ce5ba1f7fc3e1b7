package template

import "strings"

// checkMappings checks the section Mappings: maps of maps of texts and lists. The two texts about depth are recorded
// (TestCloudFormationMappings).
func checkMappings(root node) *Error {
	if !root.has("Mappings") {
		return nil
	}
	section := root.key("Mappings")
	names, err := sectionNames(section, "Mappings", "Mapping", 200)
	if err != nil {
		return err
	}
	for _, name := range names {
		mapping := section.member(name)
		for _, key := range mapping.names() {
			if err := checkMappingKey(key, mapping.key(key)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkMappingKey(key string, n node) *Error {
	if _, ok := n.value.(map[string]any); !ok {
		return errorAt(n.at, "Template format error: Every Mappings member %s must be a map", key)
	}
	if !mappingKey(key) {
		return errorAt(n.at, "Template format error: Mappings attribute name '%s' must contain only alphanumeric characters.", key)
	}
	for _, name := range n.names() {
		value := n.key(name)
		if !mappingKey(name) {
			return errorAt(value.at, "Template format error: Mappings attribute name '%s' must contain only alphanumeric characters.", name)
		}
		if _, ok := value.value.(map[string]any); ok {
			return errorAt(value.at, "Template format error: Every Mappings attribute must be a String or a List.")
		}
	}
	return nil
}

// mappingKey reports whether a key may stand in a mapping: dots, dashes and underscores are allowed as well.
func mappingKey(key string) bool {
	return alphanumeric(strings.NewReplacer("-", "", ".", "", "_", "").Replace(key))
}

// findInMap is Fn::FindInMap.
func (e *evaluator) findInMap(arg node) (any, error) {
	keys := [3]string{}
	items := arg.items()
	for i := range keys {
		value, err := e.value(items[i])
		if err != nil {
			return nil, err
		}
		text, ok := Scalar(value)
		if !ok {
			return nil, errorAt(items[i].at, findInMapShape)
		}
		keys[i] = text
	}
	mapping, named := e.mappings[keys[0]].(map[string]any)
	attributes, _ := mapping[keys[1]].(map[string]any)
	if value, ok := attributes[keys[2]]; ok {
		return value, nil
	}
	if !named {
		return nil, errorAt(arg.at, "Template error: Mapping named '%s' is not present in the 'Mappings' section of template.", keys[0])
	}
	return nil, errorAt(arg.at, "Template error: Unable to get mapping for %s::%s::%s", keys[0], keys[1], keys[2])
}
