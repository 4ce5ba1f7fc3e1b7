package resource

import (
	"sluice/internal/stack"
)

// provision keeps as many processes ready as the template says, and waits until they are. It takes them away if an update
// says so no more.
func (t *task) provision(qualifier string) error {
	const property = "ProvisionedConcurrencyConfig"
	if !t.changed(property) {
		return nil
	}
	key := with(t.pick("FunctionName"), members{"Qualifier": qualifier})
	if !t.has(property) {
		_, err := t.call("Lambda", "DeleteProvisionedConcurrencyConfig", key)
		return err
	}
	if _, err := t.call("Lambda", "PutProvisionedConcurrencyConfig", with(objectOf(t.Properties[property]), key)); err != nil {
		return err
	}
	return t.until(func() (bool, error) {
		out, err := t.call("Lambda", "GetProvisionedConcurrencyConfig", key)
		if err == nil && out["Status"] == "FAILED" {
			err = failf(notStabilized, "Provisioned concurrency of %s:%s failed: %s", t.text("FunctionName"), qualifier, textOf(out["StatusReason"]))
		}
		return out["Status"] == "READY", err
	})
}

// provisioned is the property of aliases and versions that keeps processes ready.
func provisioned(marks ...mark) *stack.Property {
	return object(fields{"ProvisionedConcurrentExecutions": whole(required)}, marks...)
}
