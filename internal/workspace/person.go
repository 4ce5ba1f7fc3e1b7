package workspace

import (
	"os"
	"os/user"
)

// personVariables say who runs a release, the strongest first: the person's own word, then GitHub Actions, GitLab, Jenkins.
var personVariables = []string{"SLUICE_USER", "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER"}

// who is who runs this program, for records. It is empty if nobody knows.
func who() string {
	for _, name := range personVariables {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}
