package policy

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"sluice/internal/fault"
)

// Principal is who a statement allows something. Exactly one of its fields is set.
type Principal struct {
	Anyone  bool   `json:",omitempty"`
	Service string `json:",omitempty"` // such as s3.amazonaws.com
	AWS     string `json:",omitempty"` // an ARN; arn:aws:iam::ACCOUNT:root is the whole account
}

var (
	account  = regexp.MustCompile(`^[0-9]{12}$`)
	identity = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^arn:aws[a-zA-Z-]*:(iam|sts)::[0-9]{12}:(root|(user|role|assumed-role|federated-user)/[\w+=,.@/-]+)$`)
	})
	service = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|amazon\.com)$`)
	})
)

// ParsePrincipal reads a principal as AddPermission and AddLayerVersionPermission take it: *, an account's number, the ARN
// of an account, user or role, or a service.
// Errors: fault.Invalid "principal".
func ParsePrincipal(text string) (Principal, error) {
	switch {
	case text == "*":
		return Principal{Anyone: true}, nil
	case account.MatchString(text):
		return Principal{AWS: AccountARN(text)}, nil
	case identity().MatchString(text):
		return Principal{AWS: text}, nil
	case service().MatchString(text):
		return Principal{Service: text}, nil
	}
	return Principal{}, fault.Errorf(fault.Invalid, "principal",
		"The provided principal was invalid. Please check the principal and try again.")
}

// AccountARN names an account as a principal: all its users and roles.
func AccountARN(account string) string { return "arn:aws:iam::" + account + ":root" }

func (p Principal) encode() json.RawMessage {
	switch {
	case p.Anyone:
		return encode("*")
	case p.Service != "":
		return encode(struct{ Service string }{p.Service})
	default:
		return encode(struct{ AWS string }{p.AWS})
	}
}

// matches reports whether a caller, written as in Request.Caller, is meant.
func (p Principal) matches(caller string) bool {
	switch {
	case p.Anyone:
		return true
	case p.Service != "":
		return p.Service == caller
	case p.AWS == "" || caller == "":
		return false
	}
	if account.MatchString(caller) {
		caller = AccountARN(caller)
	}
	return p.AWS == caller || strings.HasSuffix(p.AWS, ":root") && accountOf(p.AWS) == accountOf(caller) || roleOf(caller) == p.AWS
}

// accountOf returns an ARN's account, or nothing that equals another's.
func accountOf(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return "not the ARN of " + arn
}

// roleOf returns the role whose session an ARN names: a role that a statement names is there in all its sessions. A
// session's ARN lacks the role's path, so only roles without one are found.
func roleOf(session string) string {
	before, after, ok := strings.Cut(session, ":assumed-role/")
	if !ok {
		return ""
	}
	role, _, _ := strings.Cut(after, "/")
	return strings.Replace(before, ":sts:", ":iam:", 1) + ":role/" + role
}
