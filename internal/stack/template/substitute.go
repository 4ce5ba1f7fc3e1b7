package template

import "strings"

// piece is a part of a text of Fn::Sub: literal text, or a variable.
type piece struct {
	text     string
	variable bool
}

// pieces takes a text of Fn::Sub apart. ${!Name} stands for the text ${Name}. It is false if a variable's name is none.
func pieces(text string) (all []piece, ok bool) {
	for {
		start := strings.Index(text, "${")
		end := -1
		if start >= 0 {
			end = strings.IndexByte(text[start:], '}')
		}
		if end < 0 {
			return append(all, piece{text: text}), true
		}
		name := text[start+2 : start+end]
		literal := text[:start]
		text = text[start+end+1:]
		if after, escaped := strings.CutPrefix(name, "!"); escaped {
			all = append(all, piece{text: literal + "${" + after + "}"})
			continue
		}
		if !variableName(name) {
			return nil, false
		}
		all = append(all, piece{text: literal}, piece{text: name, variable: true})
	}
}

// variableName reports whether a variable of Fn::Sub may be called so.
func variableName(name string) bool {
	return alphanumeric(strings.NewReplacer("_", "a", ".", "a", ":", "a").Replace(name))
}

// subText is the text of an argument of Fn::Sub and its own variables, a map, which may be missing.
func subText(arg node) (text, variables node) {
	if list, ok := arg.value.([]any); ok && len(list) == 2 {
		return arg.item(0), arg.item(1)
	}
	return arg, node{}
}

func subArguments(arg node) *Error {
	text, variables := subText(arg)
	body, ok := text.value.(string)
	_, isMap := variables.value.(map[string]any)
	if !ok || variables.value != nil && !isMap {
		return errorAt(arg.at, "%s", subShape)
	}
	if _, ok := pieces(body); !ok {
		return errorAt(text.at, "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons")
	}
	return nil
}

// substitute is Fn::Sub.
func (e *evaluator) substitute(arg node) (any, error) {
	text, variables := subText(arg)
	body, _ := text.value.(string)
	all, _ := pieces(body)
	var out strings.Builder
	var unknown error
	for _, piece := range all {
		if !piece.variable {
			out.WriteString(piece.text)
			continue
		}
		value, err := e.variable(piece.text, text, variables)
		if unknown = worse(unknown, err); err != nil {
			continue
		}
		word, ok := Scalar(value)
		if _, none := value.(omitted); !ok && !none { // AWS::NoValue is an empty text here
			return nil, errorAt(text.at, "Template error: variable %s in Fn::Sub expression does not resolve to a string", piece.text)
		}
		out.WriteString(word)
	}
	if unknown != nil {
		return nil, unknown
	}
	return out.String(), nil
}

// variable is the value of a variable: one of the function's own, a parameter, a resource, or a resource's attribute.
func (e *evaluator) variable(name string, text, variables node) (any, error) {
	if variables.has(name) {
		return e.value(variables.key(name))
	}
	if resource, attribute, ok := strings.Cut(name, "."); ok {
		return e.from.GetAtt(resource, attribute)
	}
	return e.ref(node{name, text.at})
}
