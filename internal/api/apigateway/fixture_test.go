package apigateway_test

import (
	"regexp"
	"testing"

	apidesk "sluice/internal/api/desk"
)

type object = apidesk.Object

// desk is the API of a whole server.
type desk struct{ *apidesk.Desk }

// hide are the members of API Gateway's answers that the server makes up, and its times.
var hide = apidesk.Hide{
	Made:  regexp.MustCompile(`"(id|rootResourceId|parentId|cacheNamespace|deploymentId|value)":"([a-zA-Z0-9]{6,})"`),
	Other: map[*regexp.Regexp]string{regexp.MustCompile(`("(?:createdDate|lastUpdatedDate)":)[0-9.e+]+`): "${1}0"},
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return &desk{apidesk.New(t, "apigateway", hide)}
}

// patch is the body of an update.
func patch(operations ...object) object { return object{"patchOperations": operations} }

func replace(path string, value any) object {
	return object{"op": "replace", "path": path, "value": value}
}
