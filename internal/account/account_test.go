package account_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const role = "arn:aws:iam::000000000000:role/r"

func TestLoadKeyMakesAFileThatOnlyTheOwnerCanRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials")
	made, err := account.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(path)
	if err != nil || stat.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", stat.Mode().Perm(), err)
	}
	again, err := account.LoadKey(path)
	if err != nil || again.ID != made.ID || again.Secret != made.Secret {
		t.Errorf("loaded again: %v, %v; want the same pair", again, err)
	}
}

func TestLoadKeyRefusesAFileWithoutAPair(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(path, []byte("[default]\naws_access_key_id = AKIA1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := account.LoadKey(path)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v does not name the file", err)
	}
}

func TestReadKeyMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "credentials")
	if _, err := account.ReadKey(path); !os.IsNotExist(err) {
		t.Errorf("error %v, want not exist", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a file was made")
	}
}

func TestAKeyPrintsWithoutItsSecret(t *testing.T) {
	key := account.NewKey()
	for _, text := range []string{fmt.Sprint(key), fmt.Sprintf("%+v", key), fmt.Sprintf("%#v", key)} {
		if strings.Contains(text, key.Secret) {
			t.Errorf("%q shows the secret", text)
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
	session := ring.NewSession(role, now)
	holder, ok := ring.Holder(session.ID, session.Token)
	if !ok || holder.Secret != session.Secret || holder.Role != role || !holder.Expires.Equal(session.Expires) {
		t.Errorf("Holder = %+v, %v", holder, ok)
	}
}

func TestASessionNeedsItsOwnToken(t *testing.T) {
	ring := account.NewKeyring("123456789012", account.NewKey())
	session, other := ring.NewSession(role, now), ring.NewSession(role, now)
	foreign := account.NewKeyring("123456789012", account.NewKey()).NewSession(role, now)
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
	session := ring.NewSession("arn:aws:iam::000000000000:role/calculator", time.Now())
	holder, ok := ring.Holder(session.ID, session.Token)
	fmt.Println(ok, holder.Account, holder.Role)
	// Output: true 000000000000 arn:aws:iam::000000000000:role/calculator
}
