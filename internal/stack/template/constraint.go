package template

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// satisfied checks a text against the constraints of its parameter.
func (p Parameter) satisfied(text string) *Error {
	if p.AllowedValues != nil {
		members := []string{text}
		if isList(p.Type) {
			members = texts(split(text))
		}
		for _, member := range members {
			if !slices.Contains(p.AllowedValues, member) {
				return p.violated("must be one of AllowedValues")
			}
		}
	}
	if p.Type == "Number" || p.Type == "List<Number>" {
		return p.numbers(text)
	}
	return p.characters(text)
}

// violated says which constraint a value breaks: in the template's words, if it has some.
func (p Parameter) violated(rule string) *Error {
	if p.ConstraintDescription != "" {
		return errorAt(nil, "Parameter %s failed to satisfy constraint: %s", p.Key, p.ConstraintDescription)
	}
	return errorAt(nil, "Parameter '%s' %s", p.Key, rule)
}

func (p Parameter) numbers(text string) *Error {
	members := []string{text}
	if isList(p.Type) {
		members = texts(split(text))
	}
	for _, member := range members {
		if !isNumeric(member) {
			// Recorded: test_invalid_parameter_type.
			return errorAt(nil, "Parameter '%s' must be a number.", p.Key)
		}
		value := number(member)
		if p.MinValue != "" && value < number(p.MinValue) {
			return p.violated("must be a number not less than " + p.MinValue)
		}
		if p.MaxValue != "" && value > number(p.MaxValue) {
			return p.violated("must be a number not greater than " + p.MaxValue)
		}
	}
	return nil
}

func (p Parameter) characters(text string) *Error {
	length := float64(utf8.RuneCountInString(text))
	if p.MinLength != "" && length < number(p.MinLength) {
		return p.violated(fmt.Sprintf("must contain at least %s characters", p.MinLength))
	}
	if p.MaxLength != "" && length > number(p.MaxLength) {
		return p.violated(fmt.Sprintf("must contain at most %s characters", p.MaxLength))
	}
	if p.AllowedPattern == "" {
		return nil
	}
	pattern, err := regexp.Compile(`\A(?:` + p.AllowedPattern + `)\z`)
	if err != nil {
		return errorAt(nil, "Parameter '%s' AllowedPattern must be a valid regular expression, without look-around and back-references.", p.Key)
	}
	if !pattern.MatchString(text) {
		return p.violated("must match pattern " + p.AllowedPattern)
	}
	return nil
}

// number is the value of a text that isNumeric.
func number(text string) float64 {
	value, _ := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return value
}

// texts are the members of a list of strings.
func texts(list []any) []string {
	all := make([]string, len(list))
	for i, each := range list {
		all[i], _ = each.(string)
	}
	return all
}
