package deployer_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/deployer"
)

func TestSecretsDoNotPrint(t *testing.T) {
	s := deployer.Settings{Environment: map[string]deployer.Secret{"PASSWORD": "hunter2"}}
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s %q", s, s, s, s.Environment, s.Environment["PASSWORD"]), string(asJSON)} {
		if strings.Contains(text, "hunter2") || !strings.Contains(text, "PASSWORD") {
			t.Errorf("%s", text)
		}
	}
}
