package account

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

var (
	accountForm = regexp.MustCompile(`^[0-9]{12}$`)
	entityForm  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:(root|(user|role|assumed-role|federated-user)/.+)$`)
	})
	serviceForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[A-Za-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$`)
	})
)

// checkTrust reports what keeps a text from being a trust policy. Errors: fault.Invalid "document"; the text for what is no
// JSON is recorded, see test_create_role_with_malformed_assume_role_policy_document of LocalStack.
func checkTrust(text string) error {
	d, err := parse(text)
	if err != nil {
		return malformed("This policy contains invalid Json")
	}
	if err := d.checkSids(); err != nil {
		return err
	}
	for _, s := range d.Statement {
		if err := s.checkTrust(); err != nil {
			return err
		}
	}
	return nil
}

func (s *statement) checkTrust() error {
	switch {
	case s.Resource != nil:
		return malformed("Has prohibited field Resource")
	case s.NotResource != nil:
		return malformed("Has prohibited field NotResource")
	case s.Principal == nil && s.NotPrincipal == nil:
		return malformed("Missing required field Principal")
	case len(s.Action)+len(s.NotAction) == 0:
		return malformed("Missing required field Action")
	}
	for _, action := range s.Action {
		if action != "*" && !strings.HasPrefix(strings.ToLower(action), "sts:") {
			return malformed("AssumeRole policy may only specify STS AssumeRole actions.")
		}
	}
	if s.Principal != nil {
		return s.Principal.check()
	}
	return s.NotPrincipal.check()
}

// check wants every name to be one of its kind. Whether it exists is not asked.
func (p *principal) check() error {
	for kind, names := range p.Names {
		for _, name := range names {
			valid := true
			switch kind {
			case "AWS":
				valid = name == "*" || accountForm.MatchString(name) || entityForm().MatchString(name)
			case "Service":
				valid = serviceForm().MatchString(name)
			case "Federated", "CanonicalUser":
			default:
				return malformed("This policy contains invalid Json")
			}
			if !valid {
				return malformed(`Invalid principal in policy: "%s":"%s"`, kind, name)
			}
		}
	}
	return nil
}

// claim is what a trust policy decides about: a caller who wants an action.
type claim struct {
	caller Holder
	action string              // such as sts:AssumeRole
	values map[string][]string // what conditions ask for, by the key in lower case
}

// trusts says whether a trust policy, which passed its check, lets a caller assume the role. The account's own key stands
// for everybody in the account, services included: it is the operator's, who may try a function's role without being the
// service that the role trusts.
func trusts(text string, c claim) bool {
	d, err := parse(text)
	if err != nil {
		return false
	}
	allowed := false
	for i := range d.Statement {
		s := &d.Statement[i]
		if !s.about(c) {
			continue
		}
		if s.Effect == "Deny" {
			return false
		}
		allowed = true
	}
	return allowed
}

func (s *statement) about(c claim) bool {
	matches := func(pattern string) bool { return like(strings.ToLower(pattern), strings.ToLower(c.action)) }
	if s.Action != nil && !slices.ContainsFunc(s.Action, matches) || slices.ContainsFunc(s.NotAction, matches) {
		return false
	}
	switch {
	case s.NotPrincipal != nil && s.NotPrincipal.names(c.caller):
		return false
	case s.Principal != nil && s.Effect == "Allow" && c.caller.Role == "" && !s.Principal.Anyone && s.Principal.Names["AWS"] == nil:
		return true // the operator in a service's place, whose conditions are about the service's call
	case s.Principal != nil && !s.Principal.names(c.caller):
		return false
	}
	return holds(s.Condition, c.values, s.Effect == "Deny")
}

// names says whether a caller is among those that a principal names.
func (p *principal) names(caller Holder) bool {
	if p.Anyone {
		return true
	}
	return slices.ContainsFunc(p.Names["AWS"], func(name string) bool {
		switch {
		case name == "*", name == caller.Account, name == RootARN(caller.Account), name == caller.ARN():
			return true
		case caller.Role == "":
			return strings.Contains(name, "::"+caller.Account+":")
		}
		return name == caller.Role
	})
}
