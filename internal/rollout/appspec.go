package rollout

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"sluice/internal/function"
)

// Spec is what an AppSpec file says.
type Spec struct {
	Function        string // a name, or an ARN as it was read
	Alias           string
	Current, Target function.Number
	// Before and After are the hooks: functions, by name or ARN, that decide whether traffic may come and stay.
	Before, After string
}

// invalidSpec begins the message of a deployment whose AppSpec can't be used (reported in
// aws/serverless-application-model#291; see docs/aws-compatibility.md).
const invalidSpec = "The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration."

// ParseSpec reads an AppSpec file for a function, in YAML or JSON. Keys may be in capitals or in lower case: AWS's pages
// write them in both. The error is the message of the deployment that fails for it.
func ParseSpec(content string) (Spec, error) {
	if tooDeep(content) {
		return Spec{}, specError("It is nested too deeply to be one.")
	}
	var file map[string]any
	if err := yaml.Unmarshal([]byte(strings.TrimPrefix(content, "\ufeff")), &file); err != nil {
		return Spec{}, specError("The input AppSpec file is a not well-formed yaml. The template cannot be parsed.")
	}
	if version := text(file, "version"); version != "0.0" && version != "0" {
		return Spec{}, specError("Its version must be 0.0, not %.100q.", version)
	}
	properties, err := properties(file)
	if err != nil {
		return Spec{}, err
	}
	spec := Spec{Function: text(properties, "name"), Alias: text(properties, "alias")}
	if spec.Function == "" || spec.Alias == "" {
		return Spec{}, specError("Its resource must have a Name and an Alias.")
	}
	if spec.Current, err = specNumber(properties, "CurrentVersion"); err != nil {
		return Spec{}, err
	}
	if spec.Target, err = specNumber(properties, "TargetVersion"); err != nil {
		return Spec{}, err
	}
	return spec, spec.readHooks(file)
}

// maxDepth is how deeply an AppSpec file may be nested. One for a function has six levels.
const maxDepth = 32

// tooDeep reports whether brackets, or the dashes of one line, open more levels than an AppSpec file has, or whether it is
// several files. The parser takes a level's text again and again.
func tooDeep(content string) bool {
	open := 0
	for line := range strings.Lines(content) {
		open += strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
		if open > maxDepth || strings.Count(line, "- ") > maxDepth || deepest(line) > maxDepth {
			return true
		}
	}
	return strings.Count(content, "\n---") > 1
}

// deepest is the most brackets that are open in a line.
func deepest(line string) (most int) {
	open := 0
	for _, c := range line {
		switch c {
		case '[', '{':
			open++
		case ']', '}':
			open--
		}
		most = max(most, open)
	}
	return most
}

// in returns the spec with the function's name in place of its ARN.
// Errors: the message of a deployment whose function or hook is in another account or region.
func (s Spec) in(scope function.Scope) (Spec, error) {
	for _, hook := range []string{s.Before, s.After} {
		if _, _, err := parseHook(hook, scope); hook != "" && err != nil {
			return Spec{}, err
		}
	}
	if !strings.HasPrefix(s.Function, "arn:") {
		return s, nil
	}
	name, ok := strings.CutPrefix(s.Function, function.ID{Scope: scope}.ARN())
	if !ok || name == "" || strings.Contains(name, ":") {
		return Spec{}, specError("%s is not the ARN of a function of this account and region.", s.Function)
	}
	s.Function = name
	return s, nil
}

// content writes the spec as an AppSpec file, without hooks.
func (s Spec) content() string {
	type object map[string]any
	text, _ := json.Marshal(object{"version": "0.0", "Resources": []object{{s.Function: object{ // never fails
		"Type": "AWS::Lambda::Function",
		"Properties": object{
			"Name": s.Function, "Alias": s.Alias, "CurrentVersion": s.Current.String(), "TargetVersion": s.Target.String(),
		},
	}}}})
	return string(text)
}

func specError(format string, args ...any) error {
	return fmt.Errorf(invalidSpec+" "+format, args...)
}

// properties returns the properties of the file's only resource.
func properties(file map[string]any) (map[string]any, error) {
	resources, _ := get(file, "resources").([]any)
	if len(resources) != 1 {
		return nil, specError("It must list exactly one resource.")
	}
	named, _ := resources[0].(map[string]any)
	if len(named) != 1 {
		return nil, specError("Its resource must be one name with a Type and Properties.")
	}
	for _, value := range named {
		resource, _ := value.(map[string]any)
		if kind := text(resource, "type"); kind != "AWS::Lambda::Function" {
			return nil, specError("Its resource's Type must be AWS::Lambda::Function, not %q.", kind)
		}
		if found, ok := get(resource, "properties").(map[string]any); ok {
			return found, nil
		}
	}
	return nil, specError("Its resource has no Properties.")
}

func specNumber(properties map[string]any, key string) (function.Number, error) {
	n, ok := function.ParseNumber(text(properties, strings.ToLower(key)))
	if !ok || n == function.Latest {
		return 0, specError("%s must be the number of a published version.", key)
	}
	return n, nil
}

// readHooks reads the list of hooks: maps from an event to a function.
func (s *Spec) readHooks(file map[string]any) error {
	hooks, _ := get(file, "hooks").([]any)
	for _, item := range hooks {
		hook, _ := item.(map[string]any)
		for event := range hook {
			target := text(hook, event)
			if target == "" {
				return specError("Its hook for %.100q is not a function's name or ARN.", event)
			}
			switch strings.ToLower(event) {
			case "beforeallowtraffic":
				s.Before = target
			case "afterallowtraffic":
				s.After = target
			default:
				return specError("It has a hook for %.100q; there are BeforeAllowTraffic and AfterAllowTraffic.", event)
			}
		}
	}
	return nil
}

// get looks a key up in any spelling of its letters.
func get(from map[string]any, key string) any {
	for name, value := range from {
		if strings.EqualFold(name, key) {
			return value
		}
	}
	return nil
}

// text is a scalar as text; nothing and collections are empty.
func text(from map[string]any, key string) string {
	switch value := get(from, key).(type) {
	case nil, map[string]any, []any:
		return ""
	default:
		return fmt.Sprint(value)
	}
}
