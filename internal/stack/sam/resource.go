package sam

import "maps"

// resource is a plain resource that an expansion makes.
type resource struct {
	id, typ    string
	dependsOn  any            // a logical ID or a list of some
	attributes map[string]any // Condition, DeletionPolicy and so on
	properties map[string]any // those that are nil are left out
}

// body is the resource as a template has it. It takes the properties over.
func (r *resource) body() map[string]any {
	maps.DeleteFunc(r.properties, func(_ string, value any) bool { return value == nil })
	body := map[string]any{"Type": r.typ, "Properties": r.properties}
	if truthy(r.dependsOn) {
		body["DependsOn"] = r.dependsOn
	}
	for name, value := range r.attributes {
		body[name] = value
	}
	return body
}

// passed are the attributes that what is made beside the resource gets too.
func (r *resource) passed() map[string]any { return passedOn(r.attributes) }

// source is a resource of the template that is to be expanded, or an event of one.
type source struct {
	id, typ    string
	dependsOn  any
	attributes map[string]any // those of keptAttributes
	properties map[string]any
}

// passed are the attributes that everything that the source becomes gets.
func (s *source) passed() map[string]any { return passedOn(s.attributes) }

// make returns a resource that goes with the source.
func (s *source) make(id, typ string, properties map[string]any) *resource {
	return &resource{id: id, typ: typ, attributes: s.passed(), properties: properties}
}

// keptAttributes are the attributes of a resource that it keeps when it is expanded.
var keptAttributes = []string{"DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata"}

// passedOn picks the attributes that what is made beside a resource gets too.
func passedOn(attributes map[string]any) map[string]any {
	passed := map[string]any{}
	for _, name := range [...]string{"Condition", "DeletionPolicy", "UpdateReplacePolicy"} {
		if value, ok := attributes[name]; ok {
			passed[name] = value
		}
	}
	return passed
}

// alphanumeric reports whether a text consists of letters of ASCII and digits, as logical IDs do.
func alphanumeric(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return s != ""
}

// readSource reads a resource of the template, or an event.
func readSource(id string, body map[string]any) (*source, error) {
	if !alphanumeric(id) {
		return nil, invalidResource(id, "Logical ids must be alphanumeric.")
	}
	properties, given := body["Properties"]
	s := &source{id: id, attributes: map[string]any{}, dependsOn: body["DependsOn"]}
	s.typ, _ = body["Type"].(string)
	if s.properties, _ = properties.(map[string]any); given && s.properties == nil {
		return nil, invalidResource(id, "Properties of a resource must be an object.")
	}
	if s.properties == nil {
		s.properties = map[string]any{}
	}
	for _, name := range keptAttributes {
		if value, ok := body[name]; ok {
			s.attributes[name] = value
		}
	}
	return s, nil
}
