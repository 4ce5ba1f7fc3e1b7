package gateway

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"sync"
	"time"
)

// decision is what an authorizer said of a caller.
type decision struct {
	statements []authorizerStatement
	context    map[string]any
}

// authorizerStatement allows or denies calls of methods.
type authorizerStatement struct {
	Effect           string
	Action, Resource oneOrMore
}

// oneOrMore is a text or a list of texts.
type oneOrMore []string

// UnmarshalJSON implements json.Unmarshaler.
func (o *oneOrMore) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '[' {
		return json.Unmarshal(text, (*[]string)(o))
	}
	*o = make([]string, 1)
	return json.Unmarshal(text, &(*o)[0])
}

// readDecision reads an authorizer's answer. Its context holds texts, numbers and truths, which functions see as texts.
func readDecision(answer []byte) (*decision, error) {
	var said struct {
		Principal string `json:"principalId"`
		Policy    *struct {
			Statement []authorizerStatement
		} `json:"policyDocument"`
		Context map[string]any `json:"context"`
		Key     string         `json:"usageIdentifierKey"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return nil, err
	}
	if said.Policy == nil || said.Principal == "" {
		return nil, errors.New("the authorizer's answer has no principalId or no policyDocument")
	}
	d := &decision{statements: said.Policy.Statement, context: map[string]any{"principalId": said.Principal}}
	for name, value := range said.Context {
		text, ok := plainValue(value)
		if !ok {
			return nil, errors.New("the authorizer's context holds more than texts, numbers and truths")
		}
		d.context[name] = text
	}
	if said.Key != "" {
		d.context[usageKey] = said.Key
	}
	return d, nil
}

func plainValue(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case float64, bool:
		text, err := json.Marshal(value)
		return string(text), err == nil
	}
	return "", false
}

// judge says whether the decision lets a caller in to a method: what is denied is, and what nobody allows.
func (d *decision) judge(source string) *restRefusal {
	allowed := false
	for _, s := range d.statements {
		if !s.covers(source) {
			continue
		}
		if strings.EqualFold(s.Effect, "Deny") {
			return deniedPlainly
		}
		allowed = allowed || strings.EqualFold(s.Effect, "Allow")
	}
	if !allowed {
		return denied
	}
	return nil
}

func (s *authorizerStatement) covers(source string) bool {
	return anyLike(s.Action, "execute-api:Invoke") && anyLike(s.Resource, source)
}

func anyLike(patterns []string, text string) bool {
	for _, pattern := range patterns {
		quoted := regexp.QuoteMeta(pattern)
		expression := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(quoted)
		if matched, err := regexp.MatchString(`(?is)^`+expression+`$`, text); err == nil && matched {
			return true
		}
	}
	return false
}

// maxDecisions is how many decisions a stage remembers.
const maxDecisions = 1000

// decisions are remembered by what identified the caller: T is decision for REST APIs, verdict for HTTP APIs. The zero decisions
// remember nothing yet.
type decisions[T any] struct {
	mu   sync.Mutex
	kept map[string]keptDecision[T] // guarded by mu
}

type keptDecision[T any] struct {
	made  *T
	until time.Time
}

func (d *decisions[T]) get(key string, at time.Time) (*T, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.kept[key]
	return k.made, ok && at.Before(k.until)
}

func (d *decisions[T]) put(key string, made *T, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept == nil || len(d.kept) >= maxDecisions {
		d.kept = map[string]keptDecision[T]{}
	}
	d.kept[key] = keptDecision[T]{made, until}
}
