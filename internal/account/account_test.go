package account_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const role = "arn:aws:iam::000000000000:role/r"

var grant = account.Grant{Role: role, Name: "f", Lasts: account.FunctionTime}

func TestKeysHaveTheFormOfAWS(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		key := account.NewKey()
		if !regexp.MustCompile("^AKIA[A-Z2-7]{16}$").MatchString(key.ID) || !regexp.MustCompile("^[A-Za-z0-9/+]{40}$").MatchString(key.Secret) {
			t.Errorf("a key is %q with %q", key.ID, key.Secret)
		}
		seen[key.ID], seen[key.Secret] = true, true
	}
	if len(seen) != 200 {
		t.Errorf("100 keys have %d different IDs and secrets", len(seen))
	}
}

func TestAKeyPrintsWithoutItsSecret(t *testing.T) {
	key := account.NewKey()
	session := account.NewKeyring("123456789012", key).NewSession(grant, now)
	for name, tt := range map[string]struct {
		printed any
		secrets []string
	}{
		"key": {key, []string{key.Secret}}, "session": {session, []string{session.Secret, session.Token}},
	} {
		for _, text := range []string{fmt.Sprint(tt.printed), fmt.Sprintf("%+v", tt.printed), fmt.Sprintf("%#v", tt.printed)} {
			for _, secret := range tt.secrets {
				if strings.Contains(text, secret) {
					t.Errorf("a %s prints as %q", name, text)
				}
			}
		}
	}
}

func TestHolderOfTheRootKey(t *testing.T) {
	key := account.NewKey()
	ring := account.NewKeyring("123456789012", key)
	holder, ok := ring.Holder(key.ID, "")
	if !ok || holder.Secret != key.Secret || holder.Account != "123456789012" {
		t.Errorf("Holder = %+v, %v", holder, ok)
	}
	if _, ok := ring.Holder("AKIAOTHER", ""); ok {
		t.Error("an unknown key has a holder")
	}
}

func TestHolderOfASession(t *testing.T) {
	ring := account.NewKeyring("123456789012", account.NewKey())
	session := ring.NewSession(grant, now)
	holder, ok := ring.Holder(session.ID, session.Token)
	if !ok || holder.Secret != session.Secret || holder.Role != role || !holder.Expires.Equal(session.Expires) {
		t.Errorf("Holder = %+v, %v", holder, ok)
	}
}

func TestTheRootKeyHasNoRoleTokenOrEnd(t *testing.T) {
	key := account.NewKey()
	ring := account.NewKeyring("123456789012", key)
	if holder, _ := ring.Holder(key.ID, ""); holder.Role != "" || !holder.Expires.IsZero() {
		t.Errorf("Holder = %+v", holder)
	}
	if _, ok := ring.Holder(key.ID, ring.NewSession(grant, now).Token); ok {
		t.Error("the root key is known with a session's token")
	}
	if _, ok := ring.Holder("", ""); ok {
		t.Error("no key has a holder")
	}
}

func TestSessionsHaveTheFormOfAWSAndDiffer(t *testing.T) {
	ring := account.NewKeyring("123456789012", account.NewKey())
	seen := map[string]bool{}
	for range 100 {
		s := ring.NewSession(grant, now)
		if !regexp.MustCompile("^ASIA[A-Z2-7]{16}$").MatchString(s.ID) || len(s.Secret) != 40 {
			t.Errorf("a session's key is %q with a secret of %d characters", s.ID, len(s.Secret))
		}
		if s.Role != role || !s.Expires.Equal(now.Add(7*24*time.Hour)) {
			t.Errorf("a session of %s until %v", s.Role, s.Expires)
		}
		seen[s.ID], seen[s.Secret], seen[s.Token] = true, true, true
	}
	if len(seen) != 300 {
		t.Errorf("100 sessions have %d different IDs, secrets and tokens", len(seen))
	}
}

func TestASessionThatIsOverIsStillKnown(t *testing.T) {
	ring := account.NewKeyring("123456789012", account.NewKey())
	session := ring.NewSession(grant, time.Unix(0, 0))
	if holder, ok := ring.Holder(session.ID, session.Token); !ok || !holder.Expires.Before(now) {
		t.Errorf("Holder = %+v, %v", holder, ok)
	}
}

func TestASessionOutlivesARestartAndEndsWithTheKey(t *testing.T) {
	key := account.NewKey()
	session := account.NewKeyring("123456789012", key).NewSession(grant, now)
	holder, ok := account.NewKeyring("123456789012", key).Holder(session.ID, session.Token)
	if !ok || holder.Secret != session.Secret {
		t.Errorf("after a restart: %+v, %v", holder, ok)
	}
	other := account.Key{ID: key.ID, Secret: account.NewKey().Secret}
	if _, ok := account.NewKeyring("123456789012", other).Holder(session.ID, session.Token); ok {
		t.Error("the session is known to a server with another secret")
	}
}

func TestASessionNeedsItsOwnToken(t *testing.T) {
	ring := account.NewKeyring("123456789012", account.NewKey())
	session, other := ring.NewSession(grant, now), ring.NewSession(grant, now)
	foreign := account.NewKeyring("123456789012", account.NewKey()).NewSession(grant, now)
	for name, token := range map[string]string{
		"none": "", "another session's": other.Token, "another server's": foreign.Token,
		"a changed one": "x" + session.Token, "half of it": strings.Split(session.Token, ".")[0],
	} {
		if _, ok := ring.Holder(session.ID, token); ok {
			t.Errorf("the session's key is known with %s token", name)
		}
	}
}

func ExampleKeyring() {
	key := account.Key{ID: "AKIAEXAMPLE", Secret: "secret"}
	ring := account.NewKeyring("000000000000", key)
	session := ring.NewSession(account.Grant{
		Role: "arn:aws:iam::000000000000:role/calculator", Name: "calculator", Lasts: time.Hour,
	}, time.Now())
	holder, ok := ring.Holder(session.ID, session.Token)
	fmt.Println(ok, holder)
	// Output: true arn:aws:sts::000000000000:assumed-role/calculator/calculator
}
