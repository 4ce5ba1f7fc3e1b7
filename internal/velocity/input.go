package velocity

import (
	"regexp"
	"strings"

	"github.com/ohler55/ojg/jp"
)

// Input is $input: a body and the parameters of a request.
type Input struct {
	body   string
	params *Map // path, querystring and header, each a *Map

	parsed bool
	value  any // of the body, once it is parsed
}

// NewInput returns $input of a body and of parameters, one value each. An empty body is {}.
func NewInput(body string, path, query, header map[string]string) *Input {
	params := &Map{}
	params.Set("path", NewMap(path))
	params.Set("querystring", NewMap(query))
	params.Set("header", NewMap(header))
	if body == "" {
		body = "{}"
	}
	return &Input{body: body, params: params}
}

func (in *Input) property(name string) any {
	switch name {
	case "body":
		return in.body
	case "params":
		return in.params
	}
	return nil
}

func (in *Input) call(r *run, name string, args []any) (any, bool, error) {
	switch name {
	case "params":
		return in.parameter(args), true, nil
	case "path":
		value, err := in.find(r, args)
		return value, true, err
	case "json":
		text, err := in.json(r, args)
		return text, true, err
	case "getBody":
		return in.body, true, nil
	}
	return nil, false, nil
}

// parameter looks a name up in the path, then in the query string, then in the headers.
func (in *Input) parameter(args []any) any {
	name, ok := word(args, 0)
	if !ok {
		return in.params
	}
	for _, where := range in.params.keys {
		if value, there := in.params.values[where].(*Map).values[name]; there {
			return value
		}
	}
	return ""
}

func (in *Input) json(r *run, args []any) (any, error) {
	value, err := in.find(r, args)
	if err != nil {
		return nil, err
	}
	if value == nil {
		value = "" // AWS writes "" for what is not there
	}
	return r.json(value)
}

// Path evaluates a JSONPath on the body, as $input.path does.
// Errors: fault.Limit "template".
func (in *Input) Path(path string) (any, error) { return in.find(newRun(nil), []any{path}) }

// find evaluates a JSONPath on the body. A body that is no JSON is a text.
func (in *Input) find(r *run, args []any) (any, error) {
	if !in.parsed {
		in.parsed = true
		value, err := ParseJSON(in.body)
		if err != nil {
			value = in.body
		}
		in.value = value
	}
	path, ok := word(args, 0)
	if !ok {
		path = "$"
	}
	return in.query(r, path)
}

// hyphenated is a key that API Gateway takes behind a dot and that the library wants in brackets.
var hyphenated = regexp.MustCompile(`\.([A-Za-z_]\w*-[\w-]*)`)

// query returns what a path finds: one value if it can find only one, else a list. A path that is none finds nothing.
func (in *Input) query(r *run, path string) (any, error) {
	if err := r.spend(querySteps); err != nil {
		return nil, err
	}
	if len(path) > maxPattern || strings.Count(path, "..") > maxDescents || strings.Count(path, ",") > maxUnions {
		return nil, tooMuch("a JSONPath finds too much")
	}
	parsed, err := jp.ParseString(hyphenated.ReplaceAllString(path, "['$1']"))
	if err != nil {
		return nil, nil // as a key that is not there
	}
	if parsed.Normal() {
		found := parsed.Get(in.value)
		if len(found) == 0 {
			return nil, nil
		}
		return found[0], nil
	}
	if err := r.spend(len(in.body) / stepSize); err != nil { // it may look at all of the body
		return nil, err
	}
	found := parsed.Get(in.value)
	return &List{items: found, json: true}, r.spend(len(found))
}
