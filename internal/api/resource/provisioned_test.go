package resource_test

import (
	"slices"
	"strings"
	"testing"
)

// provisioning is an order for an alias whose processes come up as told.
func provisioning(statuses ...object) (*calls, object) {
	return &calls{answers: map[string][]object{
		"CreateAlias": {{"AliasArn": lambda + "f:live"}}, "UpdateAlias": {{"AliasArn": lambda + "f:live"}}, "GetProvisionedConcurrencyConfig": statuses,
	}}, object{"FunctionName": "f", "Name": "live", "FunctionVersion": "1", "ProvisionedConcurrencyConfig": object{"ProvisionedConcurrentExecutions": "2"}}
}

func TestProvisionedConcurrency(t *testing.T) {
	c, properties := provisioning(object{"Status": "IN_PROGRESS"}, object{"Status": "IN_PROGRESS"}, object{"Status": "READY"})
	o := customOrder(nil)
	o.Type, o.Properties = "AWS::Lambda::Alias", properties
	if _, err := c.provider().Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	asked := slices.DeleteFunc(slices.Clone(c.made), func(operation string) bool { return operation != "GetProvisionedConcurrencyConfig" })
	if len(asked) != 3 {
		t.Errorf("the calls are %v", c.made)
	}
	o.Old, o.Properties = properties, object{"FunctionName": "f", "Name": "live", "FunctionVersion": "1"}
	if _, err := c.provider().Update(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if last := c.made[len(c.made)-1]; last != "DeleteProvisionedConcurrencyConfig" {
		t.Errorf("the last call is %s", last)
	}
}

// The alias is there, and told of, when its processes can't be had.
func TestProvisionedConcurrencyFails(t *testing.T) {
	c, properties := provisioning(object{"Status": "FAILED", "StatusReason": "no memory"})
	o := customOrder(nil)
	o.Type, o.Properties = "AWS::Lambda::Alias", properties
	made, err := c.provider().Create(t.Context(), o)
	if made == nil || err == nil || !strings.Contains(err.Error(), "Provisioned concurrency of f:live failed: no memory") || !strings.Contains(err.Error(), "NotStabilized") {
		t.Errorf("got %+v, %v", made, err)
	}
}

func TestAVersionIsReadyBeforeItIsMade(t *testing.T) {
	c := &calls{answers: map[string][]object{
		"PublishVersion":                  {{"Version": "1", "FunctionArn": lambda + "f:1", "State": "Pending"}},
		"ListVersionsByFunction":          {{"Versions": []any{object{"Version": "$LATEST"}}}},
		"GetFunctionConfiguration":        {{"State": "Pending"}, {"State": "Active"}},
		"GetProvisionedConcurrencyConfig": {{"Status": "READY"}},
	}}
	o := customOrder(nil)
	o.Type, o.Properties = "AWS::Lambda::Version", object{
		"FunctionName": "f", "RuntimePolicy": object{"UpdateRuntimeOn": "FunctionUpdate"}, "ProvisionedConcurrencyConfig": object{"ProvisionedConcurrentExecutions": 1},
	}
	if _, err := c.provider().Create(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	const want = "ListVersionsByFunction PublishVersion PutRuntimeManagementConfig GetFunctionConfiguration GetFunctionConfiguration PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig"
	if got := strings.Join(c.made, " "); got != want {
		t.Errorf("the calls are %s", got)
	}
}
