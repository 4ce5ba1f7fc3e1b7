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
		create: createAlias, find: foundAlias, update: updateAlias,
		delete: deleteAlias,
	}
}

// provisioned is the property of aliases and versions that keeps processes ready.
func provisioned(marks ...mark) *stack.Property {
	return object(fields{"ProvisionedConcurrentExecutions": whole(required)}, marks...)
}

func createAlias(t *task) (*stack.Made, error) {
	in := with(t.pick("Description", "FunctionName", "FunctionVersion", "Name"), members{"RoutingConfig": routing(t.Properties)})
	out, err := t.call("Lambda", "CreateAlias", in)
	if err != nil {
		return nil, err
	}
	return aliasMade(out), nil
}

// foundAlias takes the alias that an earlier order made, and gives it what the template says.
func foundAlias(t *task) (*stack.Made, error) {
	out, err := t.setAlias()
	if err != nil {
		return nil, err
	}
	return aliasMade(out), nil
}

func aliasMade(out members) *stack.Made {
	arn := textOf(out["AliasArn"])
	return &stack.Made{PhysicalID: arn, Attributes: members{"AliasArn": arn}}
}

func updateAlias(t *task) (*stack.Made, error) { return foundAlias(t) }

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

func deleteAlias(t *task) error {
	_, err := t.call("Lambda", "DeleteAlias", t.pick("FunctionName", "Name"))
	return err
}
