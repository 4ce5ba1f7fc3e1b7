package httpapi

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"sync"
)

// Mapping is a change of a request or of an answer (AWS's page "Transform API requests and responses for HTTP APIs").
type Mapping struct {
	Verb  string // append, overwrite or remove
	Place string // header, querystring or path; or header or statuscode of an answer
	Name  string // of the header or of the parameter
	// Value is a text in which $request.header.X, $context.X and their like stand for what they name.
	Value string
}

var (
	requestMapping = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(append|overwrite|remove):(header|querystring)\.([A-Za-z0-9!#$&'*+.^_|~-]+)$|^(overwrite):(path)()$`)
	})
	answerMapping = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(append|overwrite|remove):(header)\.([A-Za-z0-9!#$&'*+.^_|~-]+)$|^(overwrite):(statuscode)()$`)
	})
)

// reserved are the headers that no mapping may change (AWS's page on mappings).
var reserved = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:access-control-.*|apigw-.*|x-amzn?-.*|x-forwarded-.*|proxy-(?:authenticate|authorization)|authorization|connection|` +
		`content-(?:encoding|length|location)|forwarded|keep-alive|origin|te|trailers|transfer-encoding|upgrade|via)$`)
})

// Mappings reads the mappings of requests, in the order of their keys.
func (i *Integration) Mappings() []Mapping { return readMappings(requestMapping(), i.Parameters) }

// AnswerMappings reads the mappings of answers with a status, in the order of their keys.
func (i *Integration) AnswerMappings(status int) []Mapping {
	return readMappings(answerMapping(), i.Responses[strconv.Itoa(status)])
}

func readMappings(form *regexp.Regexp, given map[string]string) (all []Mapping) {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if m, ok := readMapping(form, key, given[key]); ok {
			all = append(all, m)
		}
	}
	return all
}

func readMapping(form *regexp.Regexp, key, value string) (Mapping, bool) {
	found := form.FindStringSubmatch(key)
	if found == nil {
		return Mapping{}, false
	}
	return Mapping{Verb: found[1] + found[4], Place: found[2] + found[5], Name: found[3], Value: value}, true
}

// checkMappings refuses what is no mapping.
func (i *Integration) checkMappings() error {
	if err := checkEach(requestMapping(), i.Parameters); err != nil {
		return err
	}
	for _, status := range slices.Sorted(maps.Keys(i.Responses)) {
		if code, err := strconv.Atoi(status); err != nil || code < 200 || code > 599 {
			return bad("Invalid response parameters specified: %s is no status of an answer", status)
		}
		if err := checkEach(answerMapping(), i.Responses[status]); err != nil {
			return err
		}
	}
	return nil
}

func checkEach(form *regexp.Regexp, given map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(given)) {
		m, ok := readMapping(form, key, given[key])
		if !ok {
			return bad("Invalid mapping expression specified: %s", key)
		}
		if m.Place == "header" && reserved().MatchString(m.Name) {
			return bad("Operations on header %s are restricted", m.Name)
		}
	}
	return nil
}
