package openapi

import "regexp"

// editor is what Swagger and OpenAPI documents have in common: paths, methods and their integrations.
type editor struct{ paths *Dict }

// Paths returns the paths' names, in Python's order.
func (e editor) Paths() []string { return e.paths.Keys() }

// path returns the branches of a path, to change them.
func (e editor) path(path string) ([]*Dict, error) {
	if item, ok := e.paths.Get(path).(*Dict); ok {
		item.calm = false
	}
	return branchesOfPath(e.paths.Get(path), path)
}

// HasIntegration tells whether each branch of the path has the method, with an integration.
func (e editor) HasIntegration(path, method string) (bool, error) {
	if !e.paths.Has(path) {
		return false, nil
	}
	all, err := branches(e.paths.Get(path))
	if err != nil {
		return false, err
	}
	key := methodKey(method)
	for _, branch := range all {
		item, ok := branch.(*Dict)
		if !ok {
			return false, nil
		}
		definition, ok := item.Get(key).(*Dict)
		if !ok {
			return false, nil
		}
		if found, err := anyIntegration(definition, path, key); !found || err != nil {
			return false, err
		}
	}
	return true, nil
}

func anyIntegration(definition *Dict, path, method string) (bool, error) {
	all, err := branchesOfMethod(definition, path, method)
	for _, d := range all {
		if Truth(d.Get(integrationKey)) {
			return true, nil
		}
	}
	return false, err
}

// AddPath makes sure that the path and its method are there.
func (e editor) AddPath(path, method string) error {
	if !e.paths.Has(path) {
		e.paths.Set(path, NewDict())
	}
	items, err := e.path(path)
	if err != nil {
		return err
	}
	for _, item := range items {
		if key := methodKey(method); !item.Has(key) {
			if key == anyMethod {
				item.Put(key, NewDict())
			} else {
				item.Set(key, NewDict())
			}
		}
	}
	return nil
}

// definitions returns the definitions of a method that have an integration, from all branches.
func (e editor) definitions(path, method string) ([]*Dict, error) {
	items, err := e.path(path)
	if err != nil {
		return nil, err
	}
	var out []*Dict
	for _, item := range items {
		all, err := branchesOfMethod(item.Get(methodKey(method)), path, method)
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			if Truth(d.Get(integrationKey)) {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// definition is a method's definition with its normalized name.
type definition struct {
	method string
	*Dict
}

// allDefinitions returns all definitions at a path that have an integration, from all branches.
func (e editor) allDefinitions(path string, skip ...string) ([]definition, error) {
	items, err := e.path(path)
	if err != nil {
		return nil, err
	}
	var out []definition
	for _, item := range items {
		for name, value := range item.All() {
			if contains(skip, name) {
				continue
			}
			all, err := branchesOfMethod(value, path, name)
			if err != nil {
				return nil, err
			}
			for _, d := range all {
				if Truth(d.Get(integrationKey)) {
					out = append(out, definition{methodKey(name), d})
				}
			}
		}
	}
	return out, nil
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// MakeConditional puts the whole path under a condition.
func (e editor) MakeConditional(path string, condition any) {
	e.paths.Set(path, If(condition, e.paths.Get(path)))
}

// SetTimeout limits the method's integrations to a time in milliseconds.
func (e editor) SetTimeout(path, method string, millis any) error {
	definitions, err := e.definitions(path, method)
	for _, d := range definitions {
		if integration, ok := d.Get(integrationKey).(*Dict); ok {
			integration.Put("timeoutInMillis", millis)
		}
	}
	return err
}

var (
	restVariable = regexp.MustCompile(`{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)}`)
	httpVariable = regexp.MustCompile(`{([a-zA-Z0-9._-]+|proxy\+)}`)
)

// Wildcards writes a REST API's path as permissions do, with * for each variable.
func Wildcards(path string) string { return restVariable.ReplaceAllLiteralString(path, "*") }

// WildcardsHTTP writes an HTTP API's path as permissions do: of greedy variables, only {proxy+} becomes *.
func WildcardsHTTP(path string) string { return httpVariable.ReplaceAllLiteralString(path, "*") }
