package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// provision keeps as many processes ready as the template says, and waits until they are. It takes them away if an update
// says so no more.
func provision(t *task, qualifier string) error {
	const property = "ProvisionedConcurrencyConfig"
	if !t.Changed(property) {
		return nil
	}
	key := resource.With(t.Pick("FunctionName"), members{"Qualifier": qualifier})
	if !t.Has(property) {
		_, err := t.Call("Lambda", "DeleteProvisionedConcurrencyConfig", key)
		return err
	}
	if _, err := t.Call("Lambda", "PutProvisionedConcurrencyConfig", resource.With(resource.ObjectOf(t.Properties[property]), key)); err != nil {
		return err
	}
	return t.Until(func() (bool, error) {
		out, err := t.Call("Lambda", "GetProvisionedConcurrencyConfig", key)
		if err == nil && out["Status"] == "FAILED" {
			err = resource.Failf(resource.NotStabilized, "Provisioned concurrency of %s:%s failed: %s", t.Text("FunctionName"), qualifier, resource.TextOf(out["StatusReason"]))
		}
		return out["Status"] == "READY", err
	})
}

// provisioned is the property of aliases and versions that keeps processes ready.
func provisioned(marks ...schema.Mark) *stack.Property {
	return schema.Object(schema.Fields{"ProvisionedConcurrentExecutions": schema.Integer(schema.Required)}, marks...)
}
