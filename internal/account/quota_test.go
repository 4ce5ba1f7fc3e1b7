package account_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/fault"
)

// padded makes a document as long as a limit counts, without the white space that it does not count.
func padded(document string, bytes int) string {
	const mark = `"Version"`
	empty := strings.Replace(document, mark, `"Id":"",`+mark, 1)
	text := strings.Replace(document, mark, `"Id":"`+strings.Repeat("x", bytes-len(empty))+`",`+mark, 1)
	return strings.Replace(text, ",", ", \n\t", 1)
}

// What is as long or as many as AWS allows is taken, and one more is not.
func TestLimitsAreReachedAndNotPassed(t *testing.T) {
	s := newService(t)
	createRole(t, s, "r")
	attached := func(n int) error {
		createRole(t, s, fmt.Sprint("attached", n))
		for i := range n {
			p, err := s.CreatePolicy(t.Context(), account.Policy{Account: mine, Name: fmt.Sprint("p", n, "x", i)}, allows)
			if err != nil {
				return err
			}
			if err := s.Attach(t.Context(), mine, fmt.Sprint("attached", n), p.ARN()); err != nil {
				return err
			}
		}
		return nil
	}
	tags := func(n int) (tags []account.Tag) {
		for i := range n {
			tags = append(tags, account.Tag{Key: fmt.Sprint(i)})
		}
		return tags
	}
	for _, tt := range []struct {
		name  string
		limit int
		do    func(n int) error
	}{
		{"bytes of a trust policy", 2048, func(n int) error { return s.SetTrust(t.Context(), mine, "r", padded(trust, n)) }},
		{"bytes of a managed policy", 6144, func(n int) error {
			_, err := s.CreatePolicy(t.Context(), account.Policy{Account: mine, Name: fmt.Sprint("long", n)}, padded(allows, n))
			return err
		}},
		{"bytes of a role's own policies", 10240, func(n int) error {
			createRole(t, s, fmt.Sprint("inline", n))
			for i, bytes := range []int{5000, n - 5000} {
				p := account.InlinePolicy{Name: fmt.Sprint(i), Document: padded(allows, bytes)}
				if err := s.PutInline(t.Context(), mine, fmt.Sprint("inline", n), p); err != nil {
					return err
				}
			}
			return nil
		}},
		{"policies of a role", 10, attached},
		{"tags of a role", 50, func(n int) error { return s.TagRole(t.Context(), mine, "r", tags(n)) }},
		{"seconds of a session", 7200, func(n int) error {
			r, err := s.Describe(t.Context(), mine, "r", nil, 7200)
			must(t, err)
			return assume(t, s, account.Holder{Account: mine}, account.Assumption{Role: r.ARN(), Lasts: time.Duration(n) * time.Second})
		}},
		{"seconds of a chained session", 3600, func(n int) error {
			caller := account.Holder{Account: mine, Role: "arn:aws:iam::" + mine + ":role/other", Session: "s", Temporary: true}
			return assume(t, s, caller, account.Assumption{Role: "arn:aws:iam::" + mine + ":role/r", Lasts: time.Duration(n) * time.Second})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.do(tt.limit); err != nil {
				t.Errorf("%d: %v", tt.limit, err)
			}
			if err := tt.do(tt.limit + 1); !fault.Is(err, fault.Limit, "") && !fault.Is(err, fault.Invalid, "duration") {
				t.Errorf("%d: %v", tt.limit+1, err)
			}
		})
	}
}

func assume(t *testing.T, s *account.Service, caller account.Holder, wish account.Assumption) error {
	t.Helper()
	_, _, err := s.Assume(t.Context(), account.NewKeyring(mine, account.NewKey()), caller, wish, time.Now())
	return err
}

// The session of a session is a chain however often it is made, and one of the account itself is none.
func TestAChainStaysShort(t *testing.T) {
	s, ring := newService(t), account.NewKeyring(mine, account.NewKey())
	r := createRole(t, s, "r")
	_, err := s.Describe(t.Context(), mine, "r", nil, 43200)
	must(t, err)
	caller := account.Holder{Account: mine, Temporary: true} // from GetSessionToken
	lasts := 12 * time.Hour
	for range 3 {
		session, _, err := s.Assume(t.Context(), ring, caller, account.Assumption{Role: r.ARN(), Session: "s", Lasts: lasts}, time.Now())
		must(t, err)
		var known bool
		if caller, known = ring.Holder(session.ID, session.Token); !known {
			t.Fatal("nobody knows the session")
		}
		longer := account.Assumption{Role: r.ARN(), Session: "s", Lasts: time.Hour + time.Second}
		wantFault(t, assume(t, s, caller, longer), fault.Invalid, "duration", "role chaining")
		lasts = time.Hour
	}
}
