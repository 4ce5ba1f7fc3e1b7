package server

import (
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/function"
)

func TestAFunctionsProcessActsAsItsRole(t *testing.T) {
	ring := account.NewKeyring("000000000000", account.NewKey())
	version := &function.Version{Function: function.ID{Name: "calculator"}}
	version.Config.Role = "arn:aws:iam::000000000000:role/team/app"
	given := map[string]string{}
	for _, variable := range environment(ring, "http://127.0.0.1:4566", "/data/proxy")(version) {
		name, value, _ := strings.Cut(variable, "=")
		given[name] = value
	}
	who, known := keys{ring}.Secret(given["AWS_ACCESS_KEY_ID"], given["AWS_SESSION_TOKEN"])
	if !known || who.ARN != "arn:aws:sts::000000000000:assumed-role/app/calculator" || who.Secret != given["AWS_SECRET_ACCESS_KEY"] {
		t.Errorf("the process is %v (known: %v)", who, known)
	}
}

func TestTheServersKeyIsTheAccount(t *testing.T) {
	key := account.NewKey()
	who, known := keys{account.NewKeyring("123456789012", key)}.Secret(key.ID, "")
	if !known || who.ARN != "arn:aws:iam::123456789012:root" || who.Account != "123456789012" || !who.Expires.IsZero() {
		t.Errorf("the key is %v (known: %v)", who, known)
	}
}
