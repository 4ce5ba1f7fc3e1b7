package template

import "errors"

var errNotYet = errors.New("template: not built yet")

// Parse reads JSON or YAML. It checks the form of the text only; the template's own rules are checked by Bind and Check.
func Parse(text string) (*Template, error) { return nil, errNotYet }

// Check checks all that does not depend on the values of parameters.
func (t *Template) Check() error { return errNotYet }

// Values binds the template's parameters alone: what a transform gets. The map has the pseudo parameters too.
func (t *Template) Values(in Inputs) ([]Value, map[string]any, error) { return nil, nil, errNotYet }

// Bind checks the template and its parameters and evaluates the conditions.
func (t *Template) Bind(in Inputs) (*Bound, error) { return nil, errNotYet }

// Summary describes a template that transforms need not have been applied to.
func (t *Template) Summary() (*Summary, error) { return nil, errNotYet }

// Evaluate returns value with its intrinsic functions replaced by what they return; value itself remains. Members that are
// AWS::NoValue are left out, and AWS::NoValue itself is nil. If anything is not known yet, the error is an *Unknown, unless
// something is wrong as well.
func (s *Scope) Evaluate(value any, from Resolver) (any, error) { return nil, errNotYet }
