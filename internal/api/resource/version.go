package resource

import (
	"strconv"
	"strings"

	"sluice/internal/stack"
)

// version is AWS::Lambda::Version. Its Ref is the version's ARN.
func version() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Version", Attributes: []string{"FunctionArn", "Version"}, Fixed: true,
			Properties: fields{
				"CodeSha256": text(), "Description": text(), "FunctionName": text(required, replaces),
				"ProvisionedConcurrencyConfig": provisioned(),
				"RuntimePolicy":                object(fields{"RuntimeVersionArn": text(), "UpdateRuntimeOn": text(required)}),
				"FunctionScalingConfig":        anything(kept),
			},
		},
		create: createVersion, delete: deleteVersion,
	}
}

func createVersion(t *task) (*stack.Made, error) {
	last := 0
	if !t.Repeated { // what an order published that was killed is taken
		var err error
		if last, err = t.lastVersion(); err != nil {
			return nil, err
		}
	}
	out, err := t.call("Lambda", "PublishVersion", t.pick("CodeSha256", "Description", "FunctionName"))
	if err != nil {
		return nil, err
	}
	published := textOf(out["Version"])
	if n, err := strconv.Atoi(published); err == nil && n <= last {
		// AWS's words (reported in aws/serverless-application-model#3281).
		return nil, failf(alreadyExists, "A version for this Lambda function exists ( %s ). Modify the function to create a new version.", published)
	}
	arn := textOf(out["FunctionArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"FunctionArn": arn, "Version": published}}, t.ready(published, out)
}

// ready completes a version that was published.
func (t *task) ready(version string, shown members) error {
	if policy := objectOf(t.Properties["RuntimePolicy"]); len(policy) > 0 {
		if _, err := t.call("Lambda", "PutRuntimeManagementConfig", with(policy, with(t.pick("FunctionName"), members{"Qualifier": version}))); err != nil {
			return err
		}
	}
	err := t.until(func() (bool, error) {
		if shown["State"] == "Active" {
			return true, nil
		}
		var err error
		shown, err = t.call("Lambda", "GetFunctionConfiguration", with(t.pick("FunctionName"), members{"Qualifier": version}))
		return shown["State"] == "Active", err
	})
	if err != nil {
		return err
	}
	return t.provision(version)
}

// lastVersion returns the highest number among the function's versions; 0 if it has none.
func (t *task) lastVersion() (last int, err error) {
	marker := any(nil)
	for {
		out, err := t.call("Lambda", "ListVersionsByFunction", with(t.pick("FunctionName"), members{"Marker": marker}))
		if err != nil {
			return 0, err
		}
		for _, each := range listOf(out["Versions"]) {
			n, _ := strconv.Atoi(textOf(objectOf(each)["Version"])) // $LATEST counts as none
			last = max(last, n)
		}
		if marker = out["NextMarker"]; textOf(marker) == "" {
			return last, nil
		}
	}
}

func deleteVersion(t *task) error {
	name, number := cutVersion(t.PhysicalID)
	_, err := t.call("Lambda", "DeleteFunction", members{"FunctionName": name, "Qualifier": number})
	return err
}

// cutVersion splits the ARN of a version or an alias.
func cutVersion(arn string) (function, qualifier string) {
	at := strings.LastIndexByte(arn, ':')
	if at < 0 {
		return arn, ""
	}
	return arn[:at], arn[at+1:]
}

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
