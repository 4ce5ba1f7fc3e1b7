package sam

import "slices"

// deployments are the preferences of the functions that are deployed gradually, in the order in which they came.
type deployments struct {
	given   []*preference
	enabled int
}

// preference is how a function's alias moves to a new version.
type preference struct {
	function  string
	enabled   bool
	condition string // under which it is deployed so at all; empty is always
	tags      map[string]any
	given     map[string]any
}

const (
	deploymentApplication = "ServerlessDeploymentApplication"
	deploymentRole        = "CodeDeployServiceRole"
	deploymentCondition   = "ServerlessCodeDeployCondition"
)

// prefer reads the function's preference, and makes its alias move by it.
func (w *functionWork) prefer() error {
	given, _ := w.properties["DeploymentPreference"].(map[string]any)
	if len(given) == 0 {
		return nil
	}
	for _, name := range []string{"Enabled", "Type"} {
		if value, ok := given[name]; ok {
			given[name] = w.lookUp(w.resolve(value))
		}
	}
	pass := false
	if value, ok := given["PassthroughCondition"]; ok {
		var err error
		if pass, err = w.boolean("PassthroughCondition", value); err != nil {
			return err
		}
	}
	given["PassthroughCondition"] = pass
	p, err := w.preference(given, pass)
	if err != nil {
		return err
	}
	w.deployments.given = append(w.deployments.given, p)
	if !p.enabled {
		return nil
	}
	w.deployments.enabled++
	if !w.has("AutoPublishAlias") {
		return invalidResource(w.id, "'DeploymentPreference' requires AutoPublishAlias property to be specified.")
	}
	if _, err := p.alarms(); err != nil {
		return err
	}
	w.alias.attributes["UpdatePolicy"] = p.updatePolicy()
	return nil
}

func (w *functionWork) preference(given map[string]any, pass bool) (*preference, error) {
	p := &preference{function: w.id, given: given}
	enabled, ok := given["Enabled"]
	p.enabled = !ok || truthy(enabled) && enabled != "false" && enabled != "False"
	if !p.enabled {
		return p, nil
	}
	if _, ok := given["Type"]; !ok {
		return nil, invalidResource(w.id, "'DeploymentPreference' is missing required Property 'Type'")
	}
	if hooks, ok := given["Hooks"]; ok && !is[map[string]any](hooks) {
		return nil, invalidResource(w.id, "'Hooks' property of 'DeploymentPreference' must be a dictionary")
	}
	if pass {
		p.condition, _ = w.attributes["Condition"].(string)
	}
	if truthy(w.properties["PropagateTags"]) {
		p.tags, _ = w.properties["Tags"].(map[string]any)
	}
	return p, nil
}

// boolean reads a property that has to be known now: of parameters and mappings nothing else comes.
func (w *functionWork) boolean(name string, value any) (bool, error) {
	value = w.lookUp(w.resolve(value))
	switch value {
	case true, "true", "True":
		return true, nil
	case false, "false", "False":
		return false, nil
	}
	if isIntrinsic(value) {
		return false, invalidResource(w.id, "Unsupported intrinsic: the only intrinsic functions supported for property %s are FindInMap and parameter Refs.", name)
	}
	return false, invalidResource(w.id, "Invalid value for property %s.", name)
}

// updatePolicy is what CloudFormation moves the alias by.
func (p *preference) updatePolicy() map[string]any {
	policy := map[string]any{"ApplicationName": ref(deploymentApplication), "DeploymentGroupName": ref(p.groupID())}
	for property, hook := range map[string]string{"BeforeAllowTrafficHook": "PreTraffic", "AfterAllowTrafficHook": "PostTraffic"} {
		// {Ref: null} is what a reference to nothing became in earlier templates.
		value := at(p.given, "Hooks", hook)
		if m, ok := value.(map[string]any); value != nil && (!ok || len(m) != 1 || m["Ref"] != nil || !hasName(m, "Ref")) {
			policy[property] = value
		}
	}
	return map[string]any{"CodeDeployLambdaAliasUpdate": policy}
}

func hasName(m map[string]any, name string) bool {
	_, ok := m[name]
	return ok
}

func (p *preference) groupID() string { return p.function + "DeploymentGroup" }

// addDeployments makes what CodeDeploy needs: an application, a role if a function gives none, and a group for each.
func (t *transform) addDeployments() {
	if t.deployments.enabled == 0 {
		return
	}
	condition := t.deployments.combined(t)
	add := func(r *resource) {
		t.resources()[r.id] = r.body()
	}
	application := &resource{id: deploymentApplication, typ: "AWS::CodeDeploy::Application", attributes: condition, properties: map[string]any{
		"ComputePlatform": "Lambda", "Tags": t.deploymentTags(),
	}}
	add(application)
	if slices.ContainsFunc(t.deployments.given, func(p *preference) bool { return p.enabled && !truthy(p.given["Role"]) }) {
		add(&resource{id: deploymentRole, typ: "AWS::IAM::Role", attributes: condition, properties: map[string]any{
			"AssumeRolePolicyDocument": assumedBy("codedeploy.amazonaws.com"), "ManagedPolicyArns": []any{t.managedARN(t.deploymentPolicy())},
			"Tags": t.deploymentTags(),
		}})
	}
	for _, p := range t.deployments.given {
		if !p.enabled {
			continue
		}
		group, err := t.deploymentGroup(p)
		if err != nil {
			t.note(err)
			continue
		}
		add(group)
	}
}

func (t *transform) deploymentPolicy() string {
	if t.partition == "aws-iso" || t.partition == "aws-iso-b" {
		return "service-role/AWSCodeDeployRoleForLambdaLimited"
	}
	return "service-role/AWSCodeDeployRoleForLambda"
}

// deploymentTags are those of all functions that propagate theirs; nil if there are none.
func (t *transform) deploymentTags() any {
	all := map[string]any{}
	for _, p := range t.deployments.given {
		for key, value := range p.tags {
			all[key] = value
		}
	}
	if len(all) == 0 {
		return nil
	}
	return t.tagList(all)
}

// combined returns the condition of what all deployments share, as an attribute: there is one if each of them has one. Of
// several it makes another.
func (d *deployments) combined(t *transform) map[string]any {
	var names []string
	for _, p := range d.given {
		if p.enabled && p.condition == "" {
			return nil
		}
		if p.condition != "" && !slices.Contains(names, p.condition) {
			names = append(names, p.condition)
		}
	}
	switch len(names) {
	case 0:
		return nil
	case 1:
		return map[string]any{"Condition": names[0]}
	}
	slices.Sort(names)
	t.anyCondition(deploymentCondition, names)
	return map[string]any{"Condition": deploymentCondition}
}

func (t *transform) deploymentGroup(p *preference) (*resource, error) {
	alarms, err := p.alarms()
	if err != nil {
		return nil, err
	}
	var role any = getAtt(deploymentRole, "Arn")
	if given := p.given["Role"]; truthy(given) {
		role = given
	}
	group := &resource{id: p.groupID(), typ: "AWS::CodeDeploy::DeploymentGroup", properties: map[string]any{
		"AlarmConfiguration": alarms,
		"ApplicationName":    ref(deploymentApplication),
		"AutoRollbackConfiguration": map[string]any{
			"Enabled": true, "Events": []any{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"},
		},
		"DeploymentConfigName": configName(clone(p.given["Type"]), ""),
		"DeploymentStyle":      map[string]any{"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
		"ServiceRoleArn":       role,
	}}
	if triggers := p.given["TriggerConfigurations"]; truthy(triggers) {
		group.properties["TriggerConfigurations"] = triggers
	}
	if len(p.tags) > 0 {
		group.properties["Tags"] = t.tagList(p.tags)
	}
	if p.condition != "" {
		group.attributes = map[string]any{"Condition": p.condition}
	}
	return group, nil
}

// alarms returns the configuration of the alarms that stop a deployment; nil if none are given.
func (p *preference) alarms() (any, error) {
	given := p.given["Alarms"]
	if !truthy(given) || isNoValue(given) {
		return nil, nil
	}
	if !isIf(given) {
		return p.alarmList(given)
	}
	arguments, ok := ifArguments(given)
	if !ok {
		return nil, invalidResource(p.function, wrongIf)
	}
	then, err := p.alarmList(arguments[1])
	if err != nil {
		return nil, err
	}
	otherwise, err := p.alarmList(arguments[2])
	return map[string]any{"Fn::If": []any{arguments[0], then, otherwise}}, err
}

func (p *preference) alarmList(given any) (any, error) {
	alarms, ok := given.([]any)
	if !ok {
		return nil, invalidResource(p.function, "Alarms must be a list")
	}
	if len(alarms) == 0 || isNoValue(alarms[0]) {
		return map[string]any{}, nil
	}
	named := make([]any, len(alarms))
	for i, alarm := range alarms {
		named[i] = map[string]any{"Name": alarm}
	}
	return map[string]any{"Enabled": true, "Alarms": named}, nil
}

// predefined are CodeDeploy's own configurations, which SAM calls by a shorter name.
var predefined = []any{
	"Canary10Percent5Minutes", "Canary10Percent10Minutes", "Canary10Percent15Minutes", "Canary10Percent30Minutes",
	"Linear10PercentEvery1Minute", "Linear10PercentEvery2Minutes", "Linear10PercentEvery3Minutes", "Linear10PercentEvery10Minutes", "AllAtOnce",
}

// configName gives the predefined configurations their full name, wherever functions of CloudFormation choose one.
func configName(value any, inside string) any {
	switch v := value.(type) {
	case []any:
		for i, member := range v {
			v[i] = configName(member, "")
		}
		return v
	case map[string]any:
		if isIntrinsic(v) {
			for name, member := range v {
				v[name] = configName(member, name)
			}
		}
		return v
	}
	if !slices.Contains(predefined, value) {
		return value
	}
	full := subWith("CodeDeployDefault.Lambda${ConfigName}", map[string]any{"ConfigName": value})
	if inside == "Fn::Sub" { // no Fn::Sub inside another
		return full["Fn::Sub"]
	}
	return full
}
