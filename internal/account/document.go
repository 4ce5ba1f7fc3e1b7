package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// document is a policy document (AWS's page "Grammar of the IAM JSON policy language").
type document struct {
	Version   string
	ID        string `json:"Id"`
	Statement statements
}

type statements []statement

type statement struct {
	Sid          *string
	Effect       string
	Principal    *principal
	NotPrincipal *principal
	Action       texts
	NotAction    texts
	Resource     texts
	NotResource  texts
	Condition    map[string]map[string]texts
}

// principal is who a statement is about: everybody, or names by their kind.
type principal struct {
	Anyone bool
	Names  map[string]texts // by AWS, Service, Federated or CanonicalUser
}

// texts is one text or a list of them. In conditions they may be numbers and truth values too.
type texts []string

var errForm = errors.New("not of the form that policies have")

func (t *texts) UnmarshalJSON(text []byte) error {
	var one any
	if err := json.Unmarshal(text, &one); err != nil {
		return err
	}
	list, many := one.([]any)
	if !many {
		list = []any{one}
	}
	*t = texts{}
	for _, item := range list {
		switch item := item.(type) {
		case string:
			*t = append(*t, item)
		case bool, float64:
			plain, err := json.Marshal(item)
			if err != nil {
				return err
			}
			*t = append(*t, string(plain))
		default:
			return errForm
		}
	}
	return nil
}

func (s *statements) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("{")) {
		*s = make(statements, 1)
		return strict(text, &(*s)[0])
	}
	return strict(text, (*[]statement)(s))
}

func (p *principal) UnmarshalJSON(text []byte) error {
	if string(text) == `"*"` {
		p.Anyone = true
		return nil
	}
	return strict(text, &p.Names)
}

// strict reads a JSON value without unknown members and with nothing behind it.
func strict(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errForm
	}
	return nil
}

func malformed(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "document", format, args...)
}

// parse reads a document that has the form of policies. The error has no text for callers.
func parse(text string) (*document, error) {
	d := &document{}
	if err := strict([]byte(text), d); err != nil {
		return nil, err
	}
	if len(d.Statement) == 0 || d.Version != "" && d.Version != "2012-10-17" && d.Version != "2008-10-17" {
		return nil, errForm
	}
	for i := range d.Statement {
		s := &d.Statement[i]
		if s.Effect != "Allow" && s.Effect != "Deny" || s.Action != nil && s.NotAction != nil ||
			s.Resource != nil && s.NotResource != nil || s.Principal != nil && s.NotPrincipal != nil {
			return nil, errForm
		}
	}
	return d, nil
}

var sidForm = regexp.MustCompile(`^[0-9A-Za-z]*$`)

// checkSids wants the statements' names to be different and plain.
func (d *document) checkSids() error {
	seen := map[string]bool{}
	for _, s := range d.Statement {
		if s.Sid == nil || *s.Sid == "" {
			continue
		}
		if !sidForm.MatchString(*s.Sid) {
			return malformed("Statement IDs (SID) must be alpha-numeric. " +
				"Check that your input satisfies the regular expression [0-9A-Za-z]*")
		}
		if seen[*s.Sid] {
			return malformed("Statement IDs (SID) in a single policy must be unique.")
		}
		seen[*s.Sid] = true
	}
	return nil
}

// checkPolicy reports what keeps a text from being the document of a managed policy.
// Errors: fault.Invalid "document".
func checkPolicy(text string) error {
	d, err := parse(text)
	if err == nil && d.Version != "2012-10-17" {
		return malformed("Policy document must be version 2012-10-17 or greater.")
	}
	return checkInline(text)
}

// checkInline reports what keeps a text from being the document of a policy in a role. It may leave its version out: SAM's policy
// templates do.
func checkInline(text string) error {
	d, err := parse(text)
	if err != nil {
		return malformed("Syntax errors in policy.")
	}
	for _, s := range d.Statement {
		if s.Principal != nil || s.NotPrincipal != nil {
			return malformed("Policy document should not specify a principal.")
		}
	}
	if err := d.checkSids(); err != nil {
		return err
	}
	for _, s := range d.Statement {
		if err := s.checkPermission(); err != nil {
			return err
		}
	}
	return nil
}

var (
	vendored = regexp.MustCompile(`^(\*|[A-Za-z0-9-]+:.+)$`)
	resource = regexp.MustCompile(`^(\*|arn:[^:]*:[^:]+:[^:]*:[^:]*:.+|arn:\*.*|\*.*)$`)
)

// checkPermission wants what says what is allowed to be there, in its form.
func (s *statement) checkPermission() error {
	actions, resources := slices.Concat(s.Action, s.NotAction), slices.Concat(s.Resource, s.NotResource)
	switch {
	case len(actions) == 0:
		return malformed("Policy statement must contain actions.")
	case len(resources) == 0:
		return malformed("Policy statement must contain resources.")
	}
	for _, action := range actions {
		if !vendored.MatchString(action) {
			return malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
		}
	}
	for _, r := range resources {
		if !resource.MatchString(r) {
			return malformed(`Resource %s must be in ARN format or "*".`, r)
		}
	}
	return nil
}

// size is a document's length as AWS counts it against limits: without white space.
func size(document string) int {
	return len(strings.Join(strings.Fields(document), ""))
}
