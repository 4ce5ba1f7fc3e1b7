package lambda_test

import (
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestEventInvokeConfig(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Source("F", object{"FunctionName": "f"}))
	o := f.Order("E", "AWS::Lambda::EventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST", "MaximumRetryAttempts": "0"})
	f.Create(o)
	next := f.Change(o, object{"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60})
	f.Update(next)
	shown := f.Call("Lambda", "GetFunctionEventInvokeConfig", object{"FunctionName": "f", "Qualifier": "$LATEST"})
	f.Equal("the retries", shown["MaximumRetryAttempts"], 1)
	f.Equal("the age", shown["MaximumEventAgeInSeconds"], 60)
	f.Delete(next)
}
