package lambda

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	reserving    = "/2017-10-31/functions/"
	readReserved = "/2019-09-30/functions/"
	provisioning = "/2019-09-30/functions/"
)

func TestReservedConcurrencyIsShown(t *testing.T) {
	f := newFixture(t)
	if got := f.must(t, "GET", readReserved+"f/concurrency", ""); len(got) != 0 {
		t.Errorf("before anything is reserved: %v", got)
	}
	put := f.must(t, "PUT", reserving+"f/concurrency", `{"ReservedConcurrentExecutions":3}`)
	got := f.must(t, "GET", readReserved+"f/concurrency", "")
	shown, _ := f.must(t, "GET", functions+"f", "")["Concurrency"].(map[string]any)
	for what, answer := range map[string]map[string]any{"put": put, "get": got, "function": shown} {
		if answer["ReservedConcurrentExecutions"] != 3.0 {
			t.Errorf("%s: %v", what, answer)
		}
	}
	f.must(t, "DELETE", reserving+"f/concurrency", "")
	if _, shown := f.must(t, "GET", functions+"f", "")["Concurrency"]; shown {
		t.Error("the function still shows it")
	}
}

func TestThrottlesSayWhy(t *testing.T) {
	f := newFixture(t)
	f.must(t, "PUT", reserving+"f/concurrency", `{"ReservedConcurrentExecutions":0}`)
	status, code, text := f.call(t, "POST", functions+"f/invocations", "{}")
	if status != http.StatusTooManyRequests || code != "TooManyRequestsException" || !strings.Contains(text, `"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"`) {
		t.Errorf("%d %s %s", status, code, text)
	}
}

func TestProvisionedConcurrencyIsShown(t *testing.T) {
	f := newFixture(t)
	var put map[string]any
	status, _, text := f.call(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", `{"ProvisionedConcurrentExecutions":5}`)
	if err := json.Unmarshal([]byte(text), &put); err != nil || status != http.StatusAccepted {
		t.Fatalf("%d %s", status, text)
	}
	if modified, ok := put["LastModified"].(string); !ok || !strings.HasSuffix(modified, "+0000") || len(put) != 5 {
		t.Errorf("%v", put)
	}
	got := f.must(t, "GET", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", "")
	if got["RequestedProvisionedConcurrentExecutions"] != 5.0 || got["FunctionArn"] != nil {
		t.Errorf("%v", got)
	}
	list := f.must(t, "GET", provisioning+"f/provisioned-concurrency?List=ALL", "")["ProvisionedConcurrencyConfigs"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["FunctionArn"] != "arn:aws:lambda:us-east-1:000000000000:function:f:LIVE" {
		t.Errorf("%v", list)
	}
	f.must(t, "DELETE", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", "")
	if status, code, _ := f.call(t, "GET", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", ""); status != 404 || code != "ProvisionedConcurrencyConfigNotFoundException" {
		t.Errorf("%d %s", status, code)
	}
}

func TestListsOfProvisionedConcurrencyArePaged(t *testing.T) {
	f := newFixture(t)
	for _, qualifier := range []string{"1", "2"} {
		f.must(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier="+qualifier, `{"ProvisionedConcurrentExecutions":1}`)
	}
	first := f.must(t, "GET", provisioning+"f/provisioned-concurrency?List=ALL&MaxItems=1", "")
	next, _ := first["NextMarker"].(string)
	second := f.must(t, "GET", provisioning+"f/provisioned-concurrency?List=ALL&MaxItems=1&Marker="+next, "")
	if next == "" || second["NextMarker"] != nil || len(second["ProvisionedConcurrencyConfigs"].([]any)) != 1 {
		t.Errorf("%v, %v", first, second)
	}
}

func TestRefusalsOfConcurrency(t *testing.T) {
	f := newFixture(t)
	f.create(t, `{"FunctionName":"full"}`)
	f.must(t, "POST", functions+"full/versions", `{}`)
	f.must(t, "PUT", provisioning+"full/provisioned-concurrency?Qualifier=1", `{"ProvisionedConcurrentExecutions":2}`)
	f.must(t, "PUT", reserving+"full/concurrency", `{"ReservedConcurrentExecutions":2}`)
	f.must(t, "POST", functions+"f/aliases", `{"Name":"TWO","FunctionVersion":"2"}`)
	f.must(t, "POST", functions+"f/aliases", `{"Name":"DEV","FunctionVersion":"$LATEST"}`)
	f.must(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier=TWO", `{"ProvisionedConcurrentExecutions":1}`)
	const (
		invalid  = "InvalidParameterValueException"
		conflict = "ResourceConflictException"
		missing  = "ResourceNotFoundException"
		arn      = "arn:aws:lambda:us-east-1:000000000000:function:"
		user     = `"Type":"User"`
		whole    = "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN."
		latest   = "The function resource provided must be an alias or a published version."
	)
	one, many := `{"ProvisionedConcurrentExecutions":1}`, `{"ProvisionedConcurrentExecutions":998}`
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code, text, typed  string
	}{
		"reserved for a version":         {"PUT", reserving + "f:1/concurrency", `{"ReservedConcurrentExecutions":1}`, 400, invalid, whole, user},
		"reserved for $LATEST":           {"PUT", reserving + arn + "f:$LATEST/concurrency", `{"ReservedConcurrentExecutions":0}`, 400, invalid, whole, user},
		"reserved for nobody":            {"PUT", reserving + "g/concurrency", `{"ReservedConcurrentExecutions":1}`, 404, missing, "Function not found: " + arn + "g:$LATEST", user},
		"reserved below nothing":         {"PUT", reserving + "f/concurrency", `{"ReservedConcurrentExecutions":-1}`, 400, "ValidationException", "Member must have value greater than or equal to 0", ""},
		"nothing reserved":               {"PUT", reserving + "f/concurrency", `{}`, 400, "ValidationException", "Member must not be null", ""},
		"reserved of nobody":             {"GET", readReserved + "g/concurrency", "", 404, missing, "Function not found: " + arn + `g"`, user},
		"reserved too much":              {"PUT", reserving + "f/concurrency", `{"ReservedConcurrentExecutions":1001}`, 400, invalid, "below its minimum value of [100].", ""},
		"reserved below the provisioned": {"PUT", reserving + "full/concurrency", `{"ReservedConcurrentExecutions":1}`, 400, invalid, `" ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2]."`, ""},

		"provisioned $LATEST":              {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=$LATEST", one, 400, invalid, "Provisioned Concurrency Configs cannot be applied to unpublished function versions.", user},
		"provisioned an alias of $LATEST":  {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=DEV", one, 400, invalid, "Provisioned Concurrency Configs cannot be applied to unpublished function versions.", user},
		"provisioned nothing":              {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=1", `{"ProvisionedConcurrentExecutions":0}`, 400, "ValidationException", "Value '0' at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 1", ""},
		"provisioned a missing version":    {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=10", one, 404, missing, "Function not found: " + arn + "f:10", user},
		"provisioned a missing alias":      {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=none", one, 404, missing, "Cannot find alias arn: " + arn + "f:none", user},
		"provisioned nobody's alias":       {"PUT", provisioning + "g/provisioned-concurrency?Qualifier=none", one, 404, missing, "Cannot find alias arn: " + arn + "g:none", user},
		"provisioned nobody's version":     {"PUT", provisioning + "g/provisioned-concurrency?Qualifier=1", one, 404, missing, "Function not found: " + arn + "g:1", user},
		"provisioned twice by number":      {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=2", one, 409, conflict, "Version is pointed by a Provisioned Concurrency alias", user},
		"provisioned more than there is":   {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=1", many, 400, invalid, "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [997].", ""},
		"provisioned what leaves too few":  {"PUT", provisioning + "f/provisioned-concurrency?Qualifier=1", `{"ProvisionedConcurrentExecutions":898}`, 400, invalid, "below its minimum value of [100].", ""},
		"provisioned over the reservation": {"PUT", provisioning + "full/provisioned-concurrency?Qualifier=1", `{"ProvisionedConcurrentExecutions":3}`, 400, invalid, "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function", user},
		"provision of $LATEST":             {"GET", provisioning + "f/provisioned-concurrency?Qualifier=$LATEST", "", 400, invalid, latest, user},
		"provision of a missing version":   {"GET", provisioning + "f/provisioned-concurrency?Qualifier=10", "", 404, missing, "Function not found: " + arn + "f:10", user},
		"no provision":                     {"GET", provisioning + "f/provisioned-concurrency?Qualifier=1", "", 404, "ProvisionedConcurrencyConfigNotFoundException", `"message":"No Provisioned Concurrency Config found for this function"`, user},
		"end of $LATEST's provision":       {"DELETE", provisioning + "f/provisioned-concurrency?Qualifier=$LATEST", "", 400, invalid, latest, user},
		"end of a missing alias's":         {"DELETE", provisioning + "f/provisioned-concurrency?Qualifier=none", "", 404, missing, "Cannot find alias arn: " + arn + "f:none", user},
		"provisions of nobody":             {"GET", provisioning + "g/provisioned-concurrency?List=ALL", "", 404, missing, "Function not found: " + arn + `g"`, user},
		"a provisioned alias to $LATEST":   {"PUT", functions + "f/aliases/TWO", `{"FunctionVersion":"$LATEST"}`, 400, invalid, "unpublished function versions", user},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, text := f.call(t, tt.method, tt.path, tt.body)
			if status != tt.status || code != tt.code || !strings.Contains(text, tt.text) || strings.Contains(text, user) != (tt.typed == user) {
				t.Errorf("%d %s %.400s\nwant %d %s %s", status, code, text, tt.status, tt.code, tt.text)
			}
		})
	}
}

func TestAnAliasIsProvisionedAlone(t *testing.T) {
	f := newFixture(t)
	f.must(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", `{"ProvisionedConcurrentExecutions":1}`)
	f.must(t, "POST", functions+"f/aliases", `{"Name":"SAME","FunctionVersion":"1"}`)
	status, code, text := f.call(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier=SAME", `{"ProvisionedConcurrentExecutions":1}`)
	if status != 409 || code != "ResourceConflictException" || !strings.Contains(text, "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version") {
		t.Errorf("%d %s %s", status, code, text)
	}
}

func TestAWeightedAliasIsNotProvisioned(t *testing.T) {
	f := newFixture(t)
	f.configure(t, `{"Role":"arn:aws:iam::000000000000:role/r","Description":"third"}`)
	f.must(t, "POST", functions+"f/versions", `{}`)
	f.must(t, "PUT", functions+"f/aliases/LIVE", `{"RoutingConfig":{"AdditionalVersionWeights":{"3":0.5}}}`)
	status, code, text := f.call(t, "PUT", provisioning+"f/provisioned-concurrency?Qualifier=LIVE", `{"ProvisionedConcurrentExecutions":1}`)
	if status != 400 || code != "InvalidParameterValueException" || !strings.Contains(text, "Alias with weights can not be used with Provisioned Concurrency") {
		t.Errorf("%d %s %s", status, code, text)
	}
}
