package sam

import (
	"maps"
	"strings"
)

// serverlessLayer becomes a layer version, with another logical ID whenever anything of it changes: layer versions cannot be
// changed, and those before stay for the functions that have them.
var serverlessLayer = kind{
	rank: otherRank,
	properties: []property{
		{name: "LayerName", is: text | object}, {name: "Description", is: text},
		{name: "PublishLambdaVersion", is: boolean, vague: true}, {name: "ContentUri", is: text | object, required: true},
		{name: "CompatibleArchitectures", is: list, of: text | object}, {name: "CompatibleRuntimes", is: list, of: text | object},
		{name: "LicenseInfo", is: text}, {name: "RetentionPolicy", is: text},
	},
	expand: expandLayer,
}

func expandLayer(t *transform, s *source) ([]*resource, error) {
	for _, name := range []string{"LayerName", "LicenseInfo", "Description", "RetentionPolicy"} {
		value := s.properties[name]
		if !truthy(value) {
			continue
		}
		resolved := t.resolve(value)
		if shapeOf(resolved)&(text|object) == 0 {
			return nil, invalidResource(s.id, "Could not resolve parameter for '%s' or parameter is not a String.", name)
		}
		s.properties[name] = resolved
	}
	attributes := s.passed()
	if err := retain(s, attributes); err != nil {
		return nil, err
	}
	name := s.properties["LayerName"]
	if !truthy(name) {
		name = s.id
	}
	s.id += hash10(map[string]any{s.id: layerPrint(s)})
	content, err := s3Location(s.id, "ContentUri", s.properties["ContentUri"])
	if err != nil {
		return nil, err
	}
	layer := &resource{id: s.id, typ: "AWS::Lambda::LayerVersion", dependsOn: s.dependsOn, attributes: attributes, properties: map[string]any{
		"LayerName": name, "Content": content,
	}}
	for _, name := range []string{"Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"} {
		layer.properties[name] = s.properties[name]
	}
	return []*resource{layer}, checkArchitectures(s)
}

// layerPrint is what the logical ID follows: the layer as it is given, without what does not change the layer.
func layerPrint(s *source) map[string]any {
	given := &resource{typ: "AWS::Serverless::LayerVersion", dependsOn: s.dependsOn, attributes: maps.Clone(s.attributes), properties: s.properties}
	for _, name := range []string{"DeletionPolicy", "UpdateReplacePolicy", "Metadata"} {
		delete(given.attributes, name)
	}
	return given.body()
}

// retain enters whether a version outlives the next one.
func retain(s *source, attributes map[string]any) error {
	if _, ok := attributes["DeletionPolicy"]; !ok {
		attributes["DeletionPolicy"] = "Retain"
	}
	policy := s.properties["RetentionPolicy"]
	if isIntrinsic(policy) {
		return invalidResource(s.id, "'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ['Retain', 'Delete']")
	}
	given, ok := policy.(string)
	switch {
	case policy == nil:
	case !ok:
		return invalidResource(s.id, "Invalid 'RetentionPolicy' type, please use one of the following options: ['Retain', 'Delete']")
	case strings.EqualFold(given, "Retain"):
		attributes["DeletionPolicy"] = "Retain"
	case strings.EqualFold(given, "Delete"):
		attributes["DeletionPolicy"] = "Delete"
	default:
		return invalidResource(s.id, "'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].")
	}
	return nil
}

func checkArchitectures(s *source) error {
	architectures, _ := s.properties["CompatibleArchitectures"].([]any)
	for _, a := range architectures {
		if !isIntrinsic(a) && a != "arm64" && a != "x86_64" {
			return invalidResource(s.id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'")
		}
	}
	return nil
}
