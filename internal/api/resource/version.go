package resource

import (
	"slices"
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
	arn := textOf(out["FunctionArn"])
	if n, err := strconv.Atoi(published); err == nil && n <= last {
		if err := t.refuseHeld(arn, published); err != nil {
			return nil, err
		}
	}
	return &stack.Made{PhysicalID: arn, Attributes: members{"FunctionArn": arn, "Version": published}}, t.ready(published, out)
}

// refuseHeld refuses a version that another resource of the stack has. One that nobody has is taken: it was retained when its
// resource was removed or rolled back, and comes back with its code. On AWS it is refused too, and such a stack can't be
// updated to that code again.
func (t *task) refuseHeld(arn, number string) error {
	if stacks := t.provider.config.Stacks; stacks != nil {
		_, all, err := stacks.Resources(t.ctx, t.scope(), t.Stack.ID)
		if err == nil && !slices.ContainsFunc(all, func(r *stack.Resource) bool { return holds(r, arn) }) {
			return nil
		}
	}
	// AWS's words (reported in aws/serverless-application-model#3281).
	return failf(alreadyExists, "A version for this Lambda function exists ( %s ). Modify the function to create a new version.", number)
}

// holds reports whether a resource has a physical ID, or has yet to let go of it.
func holds(r *stack.Resource, id string) bool {
	there := r.Status != stack.Deleted && r.Status != stack.DeleteSkipped
	return there && r.PhysicalID == id || r.Before != nil && r.Before.PhysicalID == id ||
		slices.ContainsFunc(r.Leftovers, func(i stack.Instance) bool { return i.PhysicalID == id })
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
