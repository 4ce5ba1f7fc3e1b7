package remote

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/deployer"
)

// Policy is an IAM policy document.
type Policy struct {
	Version   string
	Statement []Statement
}

// Statement allows actions on resources.
type Statement struct {
	Effect   string
	Action   []string // ascending
	Resource []string // ascending
}

// Place is where a policy is for.
type Place struct {
	Region  string
	Account string // twelve digits
}

// LeastPolicy returns the least policy with which a run can look at an environment and do what was decided, including taking
// it back. Without anything to do it only reads.
func LeastPolicy(place Place, env *deployer.Environment, decisions []deployer.Decision) Policy {
	g := grants{place: place, byResource: map[string]map[string]bool{}}
	moves := false
	for i := range decisions {
		d := &decisions[i]
		g.function(d)
		moves = moves || d.Move.Kind != deployer.Stay
	}
	if moves {
		g.release(env, decisions)
	}
	return g.policy()
}

// grants collects actions by the resource that they are allowed on.
type grants struct {
	place      Place
	byResource map[string]map[string]bool
}

func (g *grants) allow(resource string, actions ...string) {
	if g.byResource[resource] == nil {
		g.byResource[resource] = map[string]bool{}
	}
	for _, action := range actions {
		g.byResource[resource][action] = true
	}
}

// arn is of a resource of the account, in the region.
func (g *grants) arn(service, resource string) string {
	return "arn:" + partition(g.place.Region) + ":" + service + ":" + g.place.Region + ":" + g.place.Account + ":" + resource
}

// roleARN is of a role, which has no region.
func (g *grants) roleARN(name string) string {
	return "arn:" + partition(g.place.Region) + ":iam::" + g.place.Account + ":role/" + name
}

// functionARN also covers the function's versions and aliases.
func (g *grants) functionARN(name string) string { return g.arn("lambda", "function:"+name) + "*" }

// function allows what is done with one function.
func (g *grants) function(d *deployer.Decision) {
	f := &d.Function
	arn := g.functionARN(f.Name)
	g.allow(arn, "lambda:GetFunction", "lambda:ListTags", "lambda:ListVersionsByFunction", "lambda:ListAliases", "lambda:GetAlias")
	if o := f.Code.Object; o != nil {
		g.allow("arn:"+partition(g.place.Region)+":s3:::"+o.Bucket+"/"+o.Key, "s3:GetObject", "s3:GetObjectVersion")
	}
	for _, allowed := range []struct {
		action string
		needed bool
	}{
		{"lambda:CreateFunction", d.Create},
		{"lambda:UpdateFunctionCode", d.Code && !d.Create},
		{"lambda:UpdateFunctionConfiguration", changesSettings(d) && !d.Create},
		{"lambda:PublishVersion", d.Publish},
		{"lambda:CreateAlias", d.Move.Kind == deployer.Make},
		{"lambda:UpdateAlias", d.Move.Kind != deployer.Stay},
		{"lambda:TagResource", len(d.Tags.Set) > 0},
		{"lambda:UntagResource", len(d.Tags.Remove) > 0},
	} {
		if allowed.needed {
			g.allow(arn, allowed.action)
		}
	}
	if role := f.Settings.Role; role != "" && (d.Create || changesSettings(d)) {
		g.allow(role, "iam:PassRole")
	}
	if d.Create || changesSettings(d) {
		for _, layer := range f.Settings.Layers {
			g.allow(layer, "lambda:GetLayerVersion")
		}
	}
}

// changesSettings reports whether anything but code differs.
func changesSettings(d *deployer.Decision) bool {
	return slices.ContainsFunc(d.Changes, func(c deployer.Change) bool { return c.Field != "code" })
}

// release allows what happens around the moves: hooks, checks, CodeDeploy.
func (g *grants) release(env *deployer.Environment, decisions []deployer.Decision) {
	byCodeDeploy := env.Engine == deployer.CodeDeploy
	for _, hook := range []string{env.Hooks.Before, env.Hooks.After} {
		if hook != "" && !strings.Contains(hook, "/") {
			g.allow(g.functionARN(hook), "lambda:InvokeFunction")
		}
	}
	if len(env.Checks.Alarms) > 0 {
		g.allow("*", "cloudwatch:DescribeAlarms")
	}
	if env.Checks.Errors >= 0 {
		g.allow("*", "cloudwatch:GetMetricData")
	}
	if byCodeDeploy && slices.ContainsFunc(decisions, func(d deployer.Decision) bool { return d.Move.Kind == deployer.Start }) {
		g.deployments()
	}
}

// deployments allows CodeDeploy's part, and the service role for it.
func (g *grants) deployments() {
	g.allow(g.arn("codedeploy", "application:*"), "codedeploy:CreateApplication", "codedeploy:RegisterApplicationRevision", "codedeploy:GetApplicationRevision")
	g.allow(g.arn("codedeploy", "deploymentgroup:*"), "codedeploy:GetDeploymentGroup", "codedeploy:CreateDeploymentGroup", "codedeploy:UpdateDeploymentGroup",
		"codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:ListDeployments", "codedeploy:StopDeployment")
	g.allow(g.arn("codedeploy", "deploymentconfig:*"), "codedeploy:CreateDeploymentConfig", "codedeploy:GetDeploymentConfig")
	g.allow(g.roleARN(roleName), "iam:GetRole", "iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PassRole")
}

// policy groups resources that allow the same.
func (g *grants) policy() Policy {
	resources := map[string][]string{}
	for _, resource := range slices.Sorted(maps.Keys(g.byResource)) {
		actions := strings.Join(slices.Sorted(maps.Keys(g.byResource[resource])), " ")
		resources[actions] = append(resources[actions], resource)
	}
	p := Policy{Version: "2012-10-17", Statement: []Statement{}}
	for _, actions := range slices.Sorted(maps.Keys(resources)) {
		p.Statement = append(p.Statement, Statement{Effect: "Allow", Action: strings.Fields(actions), Resource: resources[actions]})
	}
	return p
}
