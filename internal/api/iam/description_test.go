package iam

import (
	"strings"
	"testing"
)

// A role without a description is shown without one, also if one was given up (recording test_create_describe_role of LocalStack).
func TestRolesWithoutADescription(t *testing.T) {
	for name, tt := range map[string]struct {
		create, update []string
	}{
		"none given":      {nil, nil},
		"an empty one":    {[]string{"Description", ""}, nil},
		"none any more":   {[]string{"Description", "old"}, []string{"UpdateRole", "Description", ""}},
		"a shorter order": {[]string{"Description", "old"}, []string{"UpdateRoleDescription", "Description", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.must("CreateRole", append(tt.create, "RoleName", "r", "AssumeRolePolicyDocument", trust)...)
			if tt.update != nil {
				d.must(tt.update[0], append(tt.update[1:], "RoleName", "r")...)
			}
			for _, shown := range []string{d.must("GetRole", "RoleName", "r"), d.must("ListRoles")} {
				if !strings.Contains(shown, "<RoleName>r</RoleName>") || strings.Contains(shown, "Description") {
					t.Errorf("shown is %s", shown)
				}
			}
		})
	}
}
