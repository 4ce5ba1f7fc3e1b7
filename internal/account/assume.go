package account

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// chainedDuration is the longest session that another role's session may begin (AWS's page "AssumeRole").
const chainedDuration = time.Hour

// Assumption is a wish to act as a role.
type Assumption struct {
	Role           string // ARN
	Session        string // its name
	Lasts          time.Duration
	ExternalID     string
	SourceIdentity string
	Tags           []Tag
	Transitive     []string // keys of Tags that the session hands on
}

var roleARN = regexp.MustCompile(`^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$`)

// Assume gives a caller a session of a role that trusts him, from begin on.
//
// Errors: fault.Invalid "arn" for what is no ARN, "duration" or "tags"; fault.Denied "role" if there is no such role or it
// doesn't trust the caller.
func (s *Service) Assume(ctx context.Context, ring *Keyring, caller Holder, a Assumption, begin time.Time) (Session, *Role, error) {
	if !roleARN.MatchString(a.Role) { // recorded: test_sts_invalid_parameters of LocalStack
		return Session{}, nil, fault.Errorf(fault.Invalid, "arn", "%s is invalid", a.Role)
	}
	if a.Lasts == 0 {
		a.Lasts = DefaultDuration
	}
	tags, err := a.handedOn(caller)
	if err != nil {
		return Session{}, nil, err
	}
	_, owner, name := splitRole(a.Role)
	r, err := s.Role(ctx, owner, name)
	if err != nil && !fault.Is(err, fault.NotFound, "role") {
		return Session{}, nil, err
	}
	if err != nil || r.ARN() != a.Role || !trusts(r.Trust, a.claim(caller)) {
		return Session{}, nil, fault.Errorf(fault.Denied, "role",
			"User: %s is not authorized to perform: sts:AssumeRole on resource: %s", caller.ARN(), a.Role)
	}
	if err := a.checkDuration(caller, r); err != nil {
		return Session{}, nil, err
	}
	g := Grant{Role: r.ARN(), RoleID: r.ID, Name: a.Session, Lasts: a.Lasts, Tags: tags}
	return ring.NewSession(g, begin), r, nil
}

func (a *Assumption) checkDuration(caller Holder, r *Role) error {
	switch {
	case a.Lasts > time.Duration(r.MaxSession)*time.Second:
		return fault.Errorf(fault.Invalid, "duration", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	case caller.Role != "" && a.Lasts > chainedDuration:
		return fault.Errorf(fault.Invalid, "duration",
			"The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
	}
	return nil
}

// handedOn returns the tags that the session hands on to those made with it: the caller's and those that it asks for. The
// texts are recorded (TestSTSAssumeRoleTagging of LocalStack).
func (a *Assumption) handedOn(caller Holder) (map[string]string, error) {
	given := map[string]string{}
	for _, t := range a.Tags {
		key := strings.ToLower(t.Key)
		if _, there := given[key]; there {
			return nil, fault.Errorf(fault.Invalid, "tags", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		}
		if _, there := caller.Tags[key]; there {
			return nil, fault.Errorf(fault.Invalid, "tags", "One of the specified transitive tag keys can't be set because "+
				"it conflicts with a transitive tag key from the calling session.")
		}
		given[key] = t.Value
	}
	tags := map[string]string{}
	for key, value := range caller.Tags {
		tags[key] = value
	}
	for _, key := range a.Transitive {
		value, there := given[strings.ToLower(key)]
		if !there {
			return nil, fault.Errorf(fault.Invalid, "tags", "The specified transitive tag key must be included in the requested tags.")
		}
		tags[strings.ToLower(key)] = value
	}
	return tags, nil
}

// claim is what a trust policy is asked.
func (a *Assumption) claim(caller Holder) claim {
	c := claim{caller: caller, action: "sts:AssumeRole", values: map[string][]string{
		"sts:rolesessionname":  {a.Session},
		"aws:principalarn":     {caller.principal()},
		"aws:principalaccount": {caller.Account},
	}}
	set := func(key, value string) {
		if value != "" {
			c.values[key] = []string{value}
		}
	}
	set("sts:externalid", a.ExternalID)
	set("sts:sourceidentity", a.SourceIdentity)
	for _, t := range a.Tags {
		set("aws:requesttag/"+strings.ToLower(t.Key), t.Value)
		c.values["aws:tagkeys"] = append(c.values["aws:tagkeys"], t.Key)
	}
	if a.Transitive != nil {
		c.values["sts:transitivetagkeys"] = slices.Clone(a.Transitive)
	}
	for key, value := range caller.Tags {
		set("aws:principaltag/"+key, value)
	}
	return c
}

// principal is the holder as policies' conditions know him: a session is its role.
func (h Holder) principal() string {
	if h.Role != "" {
		return h.Role
	}
	return h.ARN()
}

// UserID returns the unique ID of a holder: the account's number, or the role's ID with the session's name. A role that was
// never created, as a function's need not be, has an ID too, always the same.
func (s *Service) UserID(ctx context.Context, h Holder) (string, error) {
	if h.Role == "" {
		return h.Account, nil
	}
	id := h.RoleID
	if id == "" {
		_, owner, name := splitRole(h.Role)
		r, err := s.Role(ctx, owner, name)
		switch {
		case err == nil && r.ARN() == h.Role:
			id = r.ID
		case err != nil && !fault.Is(err, fault.NotFound, "role"):
			return "", err
		default:
			id = derivedID("AROA", h.Role)
		}
	}
	return id + ":" + h.Session, nil
}
