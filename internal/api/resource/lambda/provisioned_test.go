package lambda_test

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/api/resource/lambda"
	"sluice/internal/api/resource/resourcetest"
)

// provisioning is an order for an alias whose processes come up as told.
func provisioning(statuses ...object) (*resourcetest.Calls, object) {
	return &resourcetest.Calls{Answers: map[string][]object{
		"CreateAlias": {{"AliasArn": resourcetest.FunctionARN + "f:live"}}, "UpdateAlias": {{"AliasArn": resourcetest.FunctionARN + "f:live"}}, "GetProvisionedConcurrencyConfig": statuses,
	}}, object{"FunctionName": "f", "Name": "live", "FunctionVersion": "1", "ProvisionedConcurrencyConfig": object{"ProvisionedConcurrentExecutions": "2"}}
}

func TestProvisionedConcurrency(t *testing.T) {
	c, properties := provisioning(object{"Status": "IN_PROGRESS"}, object{"Status": "IN_PROGRESS"}, object{"Status": "READY"})
	o := resourcetest.Order()
	o.Type, o.Properties = "AWS::Lambda::Alias", properties
	if _, err := c.Provider(lambda.Types(nil)).Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	asked := slices.DeleteFunc(slices.Clone(c.Made), func(operation string) bool { return operation != "GetProvisionedConcurrencyConfig" })
	if len(asked) != 3 {
		t.Errorf("the calls are %v", c.Made)
	}
	o.Old, o.Properties = properties, object{"FunctionName": "f", "Name": "live", "FunctionVersion": "1"}
	if _, err := c.Provider(lambda.Types(nil)).Update(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if last := c.Made[len(c.Made)-1]; last != "DeleteProvisionedConcurrencyConfig" {
		t.Errorf("the last call is %s", last)
	}
}

// The alias is there, and told of, when its processes can't be had.
func TestProvisionedConcurrencyFails(t *testing.T) {
	c, properties := provisioning(object{"Status": "FAILED", "StatusReason": "no memory"})
	o := resourcetest.Order()
	o.Type, o.Properties = "AWS::Lambda::Alias", properties
	made, err := c.Provider(lambda.Types(nil)).Create(t.Context(), o)
	if made == nil || err == nil || !strings.Contains(err.Error(), "Provisioned concurrency of f:live failed: no memory") || !strings.Contains(err.Error(), "NotStabilized") {
		t.Errorf("got %+v, %v", made, err)
	}
}

func TestAVersionIsReadyBeforeItIsMade(t *testing.T) {
	c := &resourcetest.Calls{Answers: map[string][]object{
		"PublishVersion":                  {{"Version": "1", "FunctionArn": resourcetest.FunctionARN + "f:1", "State": "Pending"}},
		"ListVersionsByFunction":          {{"Versions": []any{object{"Version": "$LATEST"}}}},
		"GetFunctionConfiguration":        {{"State": "Pending"}, {"State": "Active"}},
		"GetProvisionedConcurrencyConfig": {{"Status": "READY"}},
	}}
	o := resourcetest.Order()
	o.Type, o.Properties = "AWS::Lambda::Version", object{
		"FunctionName": "f", "RuntimePolicy": object{"UpdateRuntimeOn": "FunctionUpdate"}, "ProvisionedConcurrencyConfig": object{"ProvisionedConcurrentExecutions": 1},
	}
	if _, err := c.Provider(lambda.Types(nil)).Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	const want = "ListVersionsByFunction PublishVersion PutRuntimeManagementConfig GetFunctionConfiguration GetFunctionConfiguration PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig"
	if got := strings.Join(c.Made, " "); got != want {
		t.Errorf("the calls are %s", got)
	}
}
