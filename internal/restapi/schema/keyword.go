package schema

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
)

// typeNames are the primitive types, in the order in which they are listed.
var typeNames = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

func readTypes(_ *compiler, n *node, value any, at place) error {
	names, ok := value.([]any)
	if !ok {
		names = []any{value}
	}
	if len(names) == 0 {
		return at.wrong("has to name a type")
	}
	for _, each := range names {
		name, _ := each.(string)
		if !slices.Contains(typeNames, name) {
			return at.wrong("%s is no type", show(each))
		}
		n.types = append(n.types, name)
		if name == "number" {
			n.types = append(n.types, "integer")
		}
	}
	slices.Sort(n.types)
	n.types = slices.Compact(n.types)
	return nil
}

func readEnum(_ *compiler, n *node, value any, at place) error {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return at.wrong("has to be a list of values")
	}
	n.enum, n.listed = map[string]bool{}, list
	for _, each := range list {
		n.enum[canonical(each)] = true
	}
	return nil
}

func readNumber(to **number, value any, at place) error {
	text, ok := value.(json.Number)
	if !ok {
		return at.wrong("has to be a number")
	}
	read := parseNumber(text)
	*to = &read
	return nil
}

func readDivisor(to **number, value any, at place) error {
	if err := readNumber(to, value, at); err != nil {
		return err
	}
	if d := *to; d.negative || d.digits == "" || !d.divides() {
		return at.wrong("%s cannot be divided by", d.text)
	}
	return nil
}

// readCount reads a limit of something that is counted.
func readCount(to **int, value any, at place) error {
	text, _ := value.(json.Number)
	count, err := strconv.Atoi(string(text))
	if err != nil || count < 0 {
		return at.wrong("has to be a whole number, not below zero")
	}
	*to = &count
	return nil
}

func readFlag(to *bool, value any, at place) error {
	flag, ok := value.(bool)
	if !ok {
		return at.wrong("has to be true or false")
	}
	*to = flag
	return nil
}

func readText(to *string, value any, at place) error {
	text, ok := value.(string)
	if !ok {
		return at.wrong("has to be a text")
	}
	*to = text
	return nil
}

func readPattern(to **regexp.Regexp, value any, at place) error {
	var text string
	if err := readText(&text, value, at); err != nil {
		return err
	}
	pattern, err := regexp.Compile(text)
	if err != nil {
		return at.wrong("%v", err)
	}
	*to = pattern
	return nil
}

func readNames(to *[]string, value any, at place) error {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return at.wrong("has to be a list of names")
	}
	for _, each := range list {
		name, ok := each.(string)
		if !ok {
			return at.wrong("%s is no name", show(each))
		}
		*to = append(*to, name)
	}
	slices.Sort(*to)
	return nil
}
