package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sluice/internal/account"
)

var errDisk = errors.New("the disk is broken")

// failing is a store that can be opened and not read.
type failing struct{ account.Tx }

func (f failing) ReadAccounts(_ context.Context, read func(account.Reader) error) error {
	return read(f)
}
func (f failing) WriteAccounts(_ context.Context, write func(account.Tx) error) error {
	return write(f)
}

func (failing) Role(string, string) (*account.Role, error)             { return nil, errDisk }
func (failing) Roles(string) ([]*account.Role, error)                  { return nil, errDisk }
func (failing) Policy(string, string) (*account.Policy, error)         { return nil, errDisk }
func (failing) Policies(string) ([]*account.Policy, error)             { return nil, errDisk }
func (failing) PolicyUses(string, string) ([]account.PolicyUse, error) { return nil, errDisk }

// A store that fails is no role or policy that isn't there: the caller is told of the failure, and nothing is written.
func TestFailuresOfTheStoreAreTold(t *testing.T) {
	s := account.NewService(failing{})
	ctx, arn, role := t.Context(), "arn:aws:iam::"+mine+":policy/p", "arn:aws:iam::"+mine+":role/r"
	for name, do := range map[string]func() error{
		"CreateRole": func() error {
			_, err := s.CreateRole(ctx, account.Role{Account: mine, Name: "r", Trust: trust})
			return err
		},
		"Role":         func() error { _, err := s.Role(ctx, mine, "r"); return err },
		"Roles":        func() error { _, err := s.Roles(ctx, mine, ""); return err },
		"DeleteRole":   func() error { return s.DeleteRole(ctx, mine, "r") },
		"Describe":     func() error { _, err := s.Describe(ctx, mine, "r", nil, 0); return err },
		"SetTrust":     func() error { return s.SetTrust(ctx, mine, "r", trust) },
		"SetBoundary":  func() error { return s.SetBoundary(ctx, mine, "r", arn) },
		"TagRole":      func() error { return s.TagRole(ctx, mine, "r", nil) },
		"UntagRole":    func() error { return s.UntagRole(ctx, mine, "r", nil) },
		"PutInline":    func() error { return s.PutInline(ctx, mine, "r", account.InlinePolicy{Document: allows}) },
		"Inline":       func() error { _, err := s.Inline(ctx, mine, "r", "p"); return err },
		"DeleteInline": func() error { return s.DeleteInline(ctx, mine, "r", "p") },
		"Attach":       func() error { return s.Attach(ctx, mine, "r", arn) },
		"Detach":       func() error { return s.Detach(ctx, mine, "r", arn) },
		"CreatePolicy": func() error {
			_, err := s.CreatePolicy(ctx, account.Policy{Account: mine, Name: "p"}, allows)
			return err
		},
		"Policy":        func() error { _, err := s.Policy(ctx, mine, arn); return err },
		"Policies":      func() error { _, err := s.Policies(ctx, mine, account.PolicyQuery{}); return err },
		"Uses":          func() error { _, err := s.Uses(ctx, mine, arn); return err },
		"DeletePolicy":  func() error { return s.DeletePolicy(ctx, mine, arn) },
		"TagPolicy":     func() error { return s.TagPolicy(ctx, mine, arn, nil) },
		"UntagPolicy":   func() error { return s.UntagPolicy(ctx, mine, arn, nil) },
		"AddVersion":    func() error { _, _, err := s.AddVersion(ctx, mine, arn, allows, true); return err },
		"SetDefault":    func() error { return s.SetDefault(ctx, mine, arn, 1) },
		"DeleteVersion": func() error { return s.DeleteVersion(ctx, mine, arn, 1) },
		"PolicyVersion": func() error { _, _, err := s.PolicyVersion(ctx, mine, arn, 1); return err },
		"Assume":        func() error { return assume(t, s, account.Holder{Account: mine}, account.Assumption{Role: role}) },
		"UserID": func() error {
			_, err := s.UserID(ctx, account.Holder{Account: mine, Role: role, Session: "s"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := do(); !errors.Is(err, errDisk) {
				t.Errorf("it tells of %v", err)
			}
		})
	}
}

// A session needs no store: a function's goes on while the disk is full.
func TestSessionsNeedNoStore(t *testing.T) {
	s, ring := account.NewService(failing{}), account.NewKeyring(mine, account.NewKey())
	session := ring.NewSession(account.Grant{Role: "arn:aws:iam::" + mine + ":role/r", RoleID: "AROAX", Name: "f", Lasts: time.Hour}, time.Now())
	holder, known := ring.Holder(session.ID, session.Token)
	if id, err := s.UserID(t.Context(), holder); !known || err != nil || id != "AROAX:f" {
		t.Errorf("known: %v, %s, %v", known, id, err)
	}
}
