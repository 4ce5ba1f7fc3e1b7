package language

import (
	"errors"
	"maps"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// includeAll includes what the section Transform names, and what Fn::Transform names anywhere in the tree.
func (x *expansion) includeAll(tree map[string]any, declared []declaration) (map[string]any, error) {
	expanded, err := x.includeIn(tree)
	if err != nil {
		return nil, err
	}
	tree, ok := expanded.(map[string]any)
	if !ok {
		return nil, failed(include, "The whole template cannot be replaced by a snippet.")
	}
	for _, d := range declared {
		if d.name != include {
			continue
		}
		snippet, err := x.snippet(d.parameters)
		if err != nil {
			return nil, err
		}
		sections, ok := snippet.(map[string]any)
		if !ok {
			return nil, failed(include, "The snippet must be an object.")
		}
		tree = mergeSections(tree, sections)
	}
	return tree, nil
}

// mergeSections adds the sections of a snippet to a template. What the template has itself stays.
func mergeSections(tree, snippet map[string]any) map[string]any {
	merged := maps.Clone(tree)
	for name, section := range snippet {
		own, isMap := merged[name].(map[string]any)
		more, both := section.(map[string]any)
		switch {
		case merged[name] == nil:
			merged[name] = section
		case isMap && both:
			joined := maps.Clone(more)
			maps.Copy(joined, own)
			merged[name] = joined
		}
	}
	return merged
}

// includeIn replaces each Fn::Transform in a value, the innermost first.
func (x *expansion) includeIn(value any) (any, error) {
	switch value := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(value))
		for name, each := range value {
			included, err := x.includeIn(each)
			if err != nil {
				return nil, err
			}
			object[name] = included
		}
		if call, ok := object["Fn::Transform"]; ok {
			return x.replace(object, call)
		}
		return object, nil
	case []any:
		list := make([]any, len(value))
		for i, each := range value {
			included, err := x.includeIn(each)
			if err != nil {
				return nil, err
			}
			list[i] = included
		}
		return list, nil
	}
	return value, nil
}

// replace is what becomes of a map with Fn::Transform: the snippet, or, if the map has more keys, these with those of the snippet.
func (x *expansion) replace(object map[string]any, call any) (any, error) {
	declared, err := declarations(call)
	if err != nil {
		return nil, err
	}
	rest := maps.Clone(object)
	delete(rest, "Fn::Transform")
	for _, d := range declared {
		if d.name != include {
			return nil, x.unknown(d.name)
		}
		snippet, err := x.snippet(d.parameters)
		if err != nil {
			return nil, err
		}
		if len(declared) == 1 && len(rest) == 0 {
			return snippet, nil
		}
		members, ok := snippet.(map[string]any)
		if !ok {
			return nil, failed(include, "The snippet must be an object, because there are other keys beside Fn::Transform.")
		}
		maps.Copy(rest, members) // a snippet's own come before those beside it (recorded: test_embedded_fn_transform_include)
	}
	return rest, nil
}

// snippet fetches and reads the snippet at the location that the parameters of an include name. The location may be made of
// parameters of the template.
func (x *expansion) snippet(parameters map[string]any) (any, error) {
	value, err := x.scope.Evaluate(parameters["Location"], outside{})
	location, ok := value.(string)
	if err != nil || !ok {
		return nil, failed(include, "The value of parameter Location under transform Include must resolve to a string, number, boolean or a list of any of these.")
	}
	if bucket, key, ok := strings.Cut(strings.TrimPrefix(location, "s3://"), "/"); !ok || bucket == "" || key == "" || !strings.HasPrefix(location, "s3://") {
		return nil, failed(include, "The location parameter is not a valid S3 uri.")
	}
	if x.Fetch == nil {
		return nil, failed(include, "there is no object store to fetch %s from.", location)
	}
	text, err := x.Fetch(location)
	if err != nil {
		if kind := fault.Of(err).Kind; kind == fault.Internal || kind == fault.Unavailable { // another time it may be read
			return nil, err
		}
		if cause := errors.Unwrap(fault.Of(err)); fault.Is(cause, fault.NotFound, "bucket") { // recorded: test_describe_failed_change_set
			bucket, _, _ := strings.Cut(strings.TrimPrefix(location, "s3://"), "/")
			return nil, failed(include, "S3 bucket [%s] does not exist.", bucket)
		}
		return nil, failed(include, "%w", err)
	}
	read, err := template.Snippet(text)
	if err != nil {
		return nil, failed(include, "The specified S3 object's content should be valid Yaml/JSON (%s: %v)", location, err)
	}
	if x.budget -= count(read); x.budget < 0 {
		return nil, failed(include, "the template would have more than %d values.", maxValues)
	}
	return read, nil
}

// count is how many values a tree has.
func count(value any) int {
	n := 1
	switch value := value.(type) {
	case map[string]any:
		for _, each := range value {
			n += count(each)
		}
	case []any:
		for _, each := range value {
			n += count(each)
		}
	}
	return n
}
