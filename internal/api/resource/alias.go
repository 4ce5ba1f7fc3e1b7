package resource

import "sluice/internal/stack"

// alias is AWS::Lambda::Alias. Its Ref is the alias's ARN.
func alias() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::Lambda::Alias", Attributes: []string{"AliasArn"},
			Properties: fields{
				"Description": text(), "FunctionName": text(required, replaces), "FunctionVersion": text(required),
				"Name":                         text(required, replaces),
				"ProvisionedConcurrencyConfig": provisioned(),
				"RoutingConfig": object(fields{"AdditionalVersionWeights": list(object(fields{
					"FunctionVersion": text(required), "FunctionWeight": number(required),
				}))}),
			},
		},
		create: createAlias, find: restoreAlias, update: updateAlias, delete: deleteAlias,
	}
}

func createAlias(t *task) (*stack.Made, error) {
	in := with(t.pick("Description", "FunctionName", "FunctionVersion", "Name"), members{"RoutingConfig": routing(t.Properties)})
	out, err := t.call("Lambda", "CreateAlias", in)
	if err != nil {
		return nil, err
	}
	return aliasMade(out), t.provision(t.text("Name"))
}

func aliasMade(shown members) *stack.Made {
	arn := textOf(shown["AliasArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"AliasArn": arn}}
}

// updateAlias moves the alias by a deployment, if its version changes and the template says so, else at once. What is undone
// is undone at once: the alarm that stopped the deployment may still ring, and would stop another one.
func updateAlias(t *task) (*stack.Made, error) {
	if t.Undo {
		return restoreAlias(t)
	}
	if policy := objectOf(t.UpdatePolicy[updatePolicy]); len(policy) > 0 && t.changed("FunctionVersion") {
		if err := t.shift(policy); err != nil {
			return nil, err
		}
	}
	out, err := t.placeAlias(false)
	if err != nil {
		return nil, err
	}
	return aliasMade(out), t.provision(t.text("Name"))
}

// restoreAlias brings the alias to the version that the template says, whatever moves it and even if it is gone.
func restoreAlias(t *task) (*stack.Made, error) {
	out, err := t.placeAlias(true)
	if err != nil {
		if _, found := t.aliasNow(); found == nil || classify(found) != notFound {
			return nil, err
		}
		return createAlias(t)
	}
	return aliasMade(out), t.provision(t.text("Name"))
}

// placeAlias sets the alias as soon as no deployment moves it, and stops those that do if it is asked to.
func (t *task) placeAlias(stop bool) (out members, err error) {
	if stop {
		if err := t.stopInGroup(); err != nil {
			return nil, err
		}
	}
	err = t.until(func() (bool, error) {
		if out, err = t.setAlias(); err == nil || !moved(err) {
			return true, err
		}
		return false, t.settleAlias(stop)
	})
	return out, err
}

// setAlias gives the alias at once what the template says: version, description and weights.
func (t *task) setAlias() (members, error) {
	in := t.pick("FunctionName", "FunctionVersion", "Name")
	in["Description"] = t.text("Description") // none given is an empty one
	in["RoutingConfig"] = routing(t.Properties)
	if in["RoutingConfig"] == nil {
		in["RoutingConfig"] = members{"AdditionalVersionWeights": members{}}
	}
	return t.call("Lambda", "UpdateAlias", in)
}

func (t *task) aliasNow() (members, error) {
	return t.call("Lambda", "GetAlias", t.pick("FunctionName", "Name"))
}

// routing are the weights that properties give, by version; nil if they give none.
func routing(properties members) any {
	weights := members{}
	for _, each := range listOf(objectOf(properties["RoutingConfig"])["AdditionalVersionWeights"]) {
		pair := objectOf(each)
		weights[textOf(pair["FunctionVersion"])] = pair["FunctionWeight"]
	}
	if len(weights) == 0 {
		return nil
	}
	return members{"AdditionalVersionWeights": weights}
}

// deleteAlias deletes the alias. A deployment that moves it has lost its purpose, and is stopped.
func deleteAlias(t *task) error {
	return t.until(func() (bool, error) {
		_, err := t.call("Lambda", "DeleteAlias", t.pick("FunctionName", "Name"))
		if err == nil || !moved(err) {
			return true, err
		}
		return false, t.settleAlias(true)
	})
}
