package workspace

import (
	"os/user"
	"testing"
)

func TestWhoRunsARelease(t *testing.T) {
	for _, name := range personVariables {
		t.Setenv(name, "")
	}
	if u, err := user.Current(); err == nil && who() != u.Username {
		t.Errorf("without variables: %q, want %q", who(), u.Username)
	}
	for _, name := range []string{"BUILD_USER", "GITLAB_USER_LOGIN", "GITHUB_ACTOR", "SLUICE_USER"} { // each is stronger than the one before
		t.Setenv(name, "by "+name)
		if who() != "by "+name {
			t.Errorf("with %s: %q", name, who())
		}
	}
}
