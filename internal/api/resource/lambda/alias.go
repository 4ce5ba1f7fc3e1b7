package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// alias is AWS::Lambda::Alias. Its Ref is the alias's ARN.
func alias() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Alias", Attributes: []string{"AliasArn"},
			Properties: schema.Fields{
				"Description": schema.String(), "FunctionName": schema.String(schema.Required, schema.Replaces), "FunctionVersion": schema.String(schema.Required),
				"Name":                         schema.String(schema.Required, schema.Replaces),
				"ProvisionedConcurrencyConfig": provisioned(),
				"RoutingConfig": schema.Object(schema.Fields{"AdditionalVersionWeights": schema.List(schema.Object(schema.Fields{
					"FunctionVersion": schema.String(schema.Required), "FunctionWeight": schema.Number(schema.Required),
				}))}),
			},
		},
		Create: createAlias, Find: restoreAlias, Update: updateAlias, Delete: deleteAlias,
	}
}

func createAlias(t *task) (*stack.Made, error) {
	in := resource.With(t.Pick("Description", "FunctionName", "FunctionVersion", "Name"), members{"RoutingConfig": routing(t.Properties)})
	out, err := t.Call("Lambda", "CreateAlias", in)
	if err != nil {
		return nil, err
	}
	return aliasMade(out), provision(t, t.Text("Name"))
}

func aliasMade(shown members) *stack.Made {
	arn := resource.TextOf(shown["AliasArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"AliasArn": arn}}
}

// updateAlias moves the alias by a deployment, if its version changes and the template says so, else at once. What is undone
// is undone at once: the alarm that stopped the deployment may still ring, and would stop another one.
func updateAlias(t *task) (*stack.Made, error) {
	if t.Undo {
		return restoreAlias(t)
	}
	if policy := resource.ObjectOf(t.UpdatePolicy[updatePolicy]); len(policy) > 0 && t.Changed("FunctionVersion") {
		if err := shift(t, policy); err != nil {
			return nil, err
		}
	}
	out, err := placeAlias(t, false)
	if err != nil {
		return nil, err
	}
	return aliasMade(out), provision(t, t.Text("Name"))
}

// restoreAlias brings the alias to the version that the template says, whatever moves it and even if it is gone.
func restoreAlias(t *task) (*stack.Made, error) {
	out, err := placeAlias(t, true)
	if err != nil {
		if _, found := aliasNow(t); found == nil || !resource.Gone(found) {
			return nil, err
		}
		return createAlias(t)
	}
	return aliasMade(out), provision(t, t.Text("Name"))
}

// placeAlias sets the alias as soon as no deployment moves it, and stops those that do if it is asked to.
func placeAlias(t *task, stop bool) (out members, err error) {
	if stop {
		if err := stopInGroup(t); err != nil {
			return nil, err
		}
	}
	err = t.Until(func() (bool, error) {
		if out, err = setAlias(t); err == nil || !moved(err) {
			return true, err
		}
		return false, settleAlias(t, stop)
	})
	return out, err
}

// setAlias gives the alias at once what the template says: version, description and weights.
func setAlias(t *task) (members, error) {
	in := t.Pick("FunctionName", "FunctionVersion", "Name")
	in["Description"] = t.Text("Description") // none given is an empty one
	in["RoutingConfig"] = routing(t.Properties)
	if in["RoutingConfig"] == nil {
		in["RoutingConfig"] = members{"AdditionalVersionWeights": members{}}
	}
	return t.Call("Lambda", "UpdateAlias", in)
}

func aliasNow(t *task) (members, error) {
	return t.Call("Lambda", "GetAlias", t.Pick("FunctionName", "Name"))
}

// routing are the weights that properties give, by version; nil if they give none.
func routing(properties members) any {
	weights := members{}
	for _, each := range resource.ListOf(resource.ObjectOf(properties["RoutingConfig"])["AdditionalVersionWeights"]) {
		pair := resource.ObjectOf(each)
		weights[resource.TextOf(pair["FunctionVersion"])] = pair["FunctionWeight"]
	}
	if len(weights) == 0 {
		return nil
	}
	return members{"AdditionalVersionWeights": weights}
}

// deleteAlias deletes the alias. A deployment that moves it has lost its purpose, and is stopped.
func deleteAlias(t *task) error {
	return t.Until(func() (bool, error) {
		_, err := t.Call("Lambda", "DeleteAlias", t.Pick("FunctionName", "Name"))
		if err == nil || !moved(err) {
			return true, err
		}
		return false, settleAlias(t, true)
	})
}
