package lambda

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Holders knows what is in the stack of an order. *stack.Service is one.
type Holders interface {
	// Resources lists a stack's resources.
	Resources(ctx context.Context, scope function.Scope, name string) (*stack.Stack, []*stack.Resource, error)
}

// publishing makes versions.
type publishing struct{ holders Holders }

// version is AWS::Lambda::Version. Its Ref is the version's ARN.
func version(holders Holders) *resource.Type {
	p := publishing{holders}
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Version", Attributes: []string{"FunctionArn", "Version"}, Fixed: true,
			Properties: schema.Fields{
				"CodeSha256": schema.String(), "Description": schema.String(), "FunctionName": schema.String(schema.Required, schema.Replaces),
				"ProvisionedConcurrencyConfig": provisioned(),
				"RuntimePolicy":                schema.Object(schema.Fields{"RuntimeVersionArn": schema.String(), "UpdateRuntimeOn": schema.String(schema.Required)}),
				"FunctionScalingConfig":        schema.Any(schema.Kept),
			},
		},
		Create: p.create, Delete: deleteVersion,
	}
}

func (p publishing) create(t *task) (*stack.Made, error) {
	last := 0
	if !t.Repeated { // what an order published that was killed is taken
		var err error
		if last, err = lastVersion(t); err != nil {
			return nil, err
		}
	}
	out, err := t.Call("Lambda", "PublishVersion", t.Pick("CodeSha256", "Description", "FunctionName"))
	if err != nil {
		return nil, err
	}
	published := resource.TextOf(out["Version"])
	arn := resource.TextOf(out["FunctionArn"])
	if n, err := strconv.Atoi(published); err == nil && n <= last {
		if err := p.refuseHeld(t, arn, published); err != nil {
			return nil, err
		}
	}
	return &stack.Made{PhysicalID: arn, Attributes: members{"FunctionArn": arn, "Version": published}}, ready(t, published, out)
}

// refuseHeld refuses a version that another resource of the stack has. One that nobody has is taken: it was retained when its
// resource was removed or rolled back, and comes back with its code. On AWS it is refused too, and such a stack can't be
// updated to that code again.
func (p publishing) refuseHeld(t *task, arn, number string) error {
	_, all, err := p.holders.Resources(t.Context, t.Scope(), t.Stack.ID)
	if err == nil && !slices.ContainsFunc(all, func(r *stack.Resource) bool { return holds(r, arn) }) {
		return nil
	}
	// AWS's words (reported in aws/serverless-application-model#3281).
	return resource.Failf(resource.AlreadyExists, "A version for this Lambda function exists ( %s ). Modify the function to create a new version.", number)
}

// holds reports whether a resource has a physical ID, or has yet to let go of it.
func holds(r *stack.Resource, id string) bool {
	there := r.Status != stack.Deleted && r.Status != stack.DeleteSkipped
	return there && r.PhysicalID == id || r.Before != nil && r.Before.PhysicalID == id ||
		slices.ContainsFunc(r.Leftovers, func(i stack.Instance) bool { return i.PhysicalID == id })
}

// ready completes a version that was published.
func ready(t *task, version string, shown members) error {
	if policy := resource.ObjectOf(t.Properties["RuntimePolicy"]); len(policy) > 0 {
		if _, err := t.Call("Lambda", "PutRuntimeManagementConfig", resource.With(policy, resource.With(t.Pick("FunctionName"), members{"Qualifier": version}))); err != nil {
			return err
		}
	}
	err := t.Until(func() (bool, error) {
		if shown["State"] == "Active" {
			return true, nil
		}
		var err error
		shown, err = t.Call("Lambda", "GetFunctionConfiguration", resource.With(t.Pick("FunctionName"), members{"Qualifier": version}))
		return shown["State"] == "Active", err
	})
	if err != nil {
		return err
	}
	return provision(t, version)
}

// lastVersion returns the highest number among the function's versions; 0 if it has none.
func lastVersion(t *task) (last int, err error) {
	marker := any(nil)
	for {
		out, err := t.Call("Lambda", "ListVersionsByFunction", resource.With(t.Pick("FunctionName"), members{"Marker": marker}))
		if err != nil {
			return 0, err
		}
		for _, each := range resource.ListOf(out["Versions"]) {
			n, _ := strconv.Atoi(resource.TextOf(resource.ObjectOf(each)["Version"])) // $LATEST counts as none
			last = max(last, n)
		}
		if marker = out["NextMarker"]; resource.TextOf(marker) == "" {
			return last, nil
		}
	}
}

func deleteVersion(t *task) error {
	name, number := cutVersion(t.PhysicalID)
	_, err := t.Call("Lambda", "DeleteFunction", members{"FunctionName": name, "Qualifier": number})
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
