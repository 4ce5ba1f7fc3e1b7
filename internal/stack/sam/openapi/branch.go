package openapi

import "strings"

// branches returns what stands at a place: the value, or the branches of an Fn::If that are not AWS::NoValue.
func branches(v any) ([]any, error) {
	d, ok := v.(*Dict)
	if !ok || !d.Has("Fn::If") {
		return []any{v}, nil
	}
	arguments, ok := d.Get("Fn::If").([]any)
	if !ok {
		return nil, errorf("Value of Fn::If must be a list.")
	}
	var out []any
	for i, branch := range arguments {
		if i > 0 && !NoValue(branch) {
			out = append(out, branch)
		}
	}
	return out, nil
}

// NoValue tells whether the value is a reference to AWS::NoValue.
func NoValue(v any) bool {
	d, ok := v.(*Dict)
	if !ok || d.Len() != 1 {
		return false
	}
	id, _ := Text(d.Get("Ref"))
	return id == "AWS::NoValue"
}

// branchesOfPath returns the branches of a path, each of which has to be a map from methods to their definitions.
func branchesOfPath(item any, path string) ([]*Dict, error) {
	return branchesOfMaps(item, func() error {
		return errorf("Value of '%s' path must be a dictionary according to Swagger spec.", path)
	})
}

// branchesOfMethod returns the branches of a method's definition, each of which has to be a map.
func branchesOfMethod(definition any, path, method string) ([]*Dict, error) {
	return branchesOfMaps(definition, func() error {
		return errorf("Definition of method '%s' for path '%s' should be a map.", method, path)
	})
}

// branchesOfMaps returns the branches of a value. wrong is the error about one that is no map.
func branchesOfMaps(value any, wrong func() error) ([]*Dict, error) {
	all, err := branches(value)
	if err != nil {
		return nil, err
	}
	out := make([]*Dict, len(all))
	for i, branch := range all {
		d, ok := branch.(*Dict)
		if !ok {
			return nil, wrong()
		}
		out[i] = d
	}
	return out, nil
}

// method returns a method's name as documents write it.
func methodKey(method string) string {
	method = strings.ToLower(method)
	if method == "any" {
		return anyMethod
	}
	return method
}
