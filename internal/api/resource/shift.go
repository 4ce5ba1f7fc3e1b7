package resource

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
)

// updatePolicy is the attribute of an alias that has it moved by deployments (page "UpdatePolicy attribute").
const updatePolicy = "CodeDeployLambdaAliasUpdate"

// shift moves the alias to the template's version by a deployment, waits for its end, and fails if it does. It returns with
// the alias on one version in any case, except that a deployment goes on when the server closes: the order is repeated then.
func (t *task) shift(policy members) error {
	if t.Repeated {
		if id, err := t.earlier(policy); err != nil || id != "" {
			return t.follow(id, err)
		}
	}
	var id string
	err := t.until(func() (bool, error) {
		ready, current, err := t.startingPoint()
		if err != nil || !ready {
			return true, err
		}
		if id, err = t.deploy(policy, current); err == nil || classify(err) != limitExceeded {
			return true, err
		}
		// Another deployment moves the alias, or another alias of the group.
		if err := t.settle(t.inGroup(policy, nil), false); err != nil {
			return false, err
		}
		return false, t.settleAlias(false)
	})
	if err != nil || id == "" {
		return err
	}
	return t.follow(id, nil)
}

// startingPoint returns the version to begin at. It is not ready if there is nothing to shift: the alias is at its goal, if
// somebody moved it by hand, or at a version that no deployment can name. Weights that somebody set are taken away.
func (t *task) startingPoint() (ready bool, version string, err error) {
	for {
		now, err := t.aliasNow()
		if err != nil {
			return false, "", err
		}
		version, goal := textOf(now["FunctionVersion"]), t.text("FunctionVersion")
		if version == goal || version == "$LATEST" || goal == "$LATEST" {
			return false, version, nil
		}
		if now["RoutingConfig"] == nil {
			return true, version, nil
		}
		in := with(t.pick("FunctionName", "Name"), members{"FunctionVersion": version, "RoutingConfig": members{"AdditionalVersionWeights": members{}}})
		if _, err := t.call("Lambda", "UpdateAlias", in); err == nil {
			return true, version, nil
		} else if !moved(err) {
			return false, "", err
		}
		if err := t.settleAlias(false); err != nil {
			return false, "", err
		}
	}
}

// deploy creates the deployment.
func (t *task) deploy(policy members, current string) (id string, err error) {
	spec, err := json.Marshal(t.appSpec(policy, current))
	if err != nil {
		return "", err
	}
	// Whoever cancels the order meanwhile has it stopped by its ID.
	out, err := t.within(context.WithoutCancel(t.ctx)).call("CodeDeploy", "CreateDeployment", members{
		"applicationName": policy["ApplicationName"], "deploymentGroupName": policy["DeploymentGroupName"], "description": t.description(),
		"revision": members{"revisionType": "AppSpecContent", "appSpecContent": members{"content": string(spec)}},
	})
	if err != nil {
		return "", err
	}
	id = textOf(out["deploymentId"])
	t.note("CodeDeploy deployment started: %s", id) // AWS's words, recorded in a run of 2026-08-13
	return id, nil
}

func (t *task) appSpec(policy members, current string) members {
	spec := members{
		"version": "0.0",
		"Resources": []any{members{t.LogicalID: members{"Type": "AWS::Lambda::Function", "Properties": members{
			"Name": functionName(t.text("FunctionName")), "Alias": t.text("Name"), "CurrentVersion": current, "TargetVersion": t.text("FunctionVersion"),
		}}}},
	}
	var hooks []any
	for _, phase := range []string{"BeforeAllowTraffic", "AfterAllowTraffic"} {
		if function := textOf(policy[phase+"Hook"]); function != "" {
			hooks = append(hooks, members{phase: function})
		}
	}
	if hooks != nil {
		spec["Hooks"] = hooks
	}
	return spec
}

// functionName is the name of a function that is given by its name or ARN.
func functionName(given string) string {
	if _, after, isARN := strings.Cut(given, ":function:"); isARN {
		given = after
	}
	name, _, _ := strings.Cut(given, ":")
	return name
}

// description marks a deployment as this order's, for a server that is told to repeat it.
func (t *task) description() string {
	const most = 256
	return shortened("Update of "+t.LogicalID+" by CloudFormation "+t.Token, most)
}

// earlier returns the deployment that this order started before it was repeated; empty if it started none.
func (t *task) earlier(policy members) (string, error) {
	for _, id := range t.inGroup(policy, nil) {
		found, err := t.deployment(id)
		if err != nil {
			return "", err
		}
		if found["description"] == t.description() {
			return id, nil
		}
	}
	return "", nil
}

func (t *task) deployment(id string) (members, error) {
	out, err := t.call("CodeDeploy", "GetDeployment", members{"deploymentId": id})
	return objectOf(out["deploymentInfo"]), err
}

// follow waits for a deployment that was started, unless starting it failed, and for the one that rolls it back.
func (t *task) follow(id string, err error) error {
	if err != nil {
		return err
	}
	info, err := t.ended(id)
	if err != nil {
		return t.abandon(id, err)
	}
	return t.outcome(id, info)
}

// outcome is the failure of a deployment that has ended, once it was rolled back.
func (t *task) outcome(id string, info members) error {
	if info["status"] == "Succeeded" {
		return nil
	}
	if back := textOf(objectOf(info["rollbackInfo"])["rollbackDeploymentId"]); back != "" {
		t.note("CodeDeploy rollback deployment started: %s", back) // recorded in a run of 2026-08-13
		if _, err := t.ended(back); err != nil {
			return err
		}
	}
	// AWS's words, recorded in a run of 2026-08-08.
	return failf(internalFailure, "%s failed. %s", id, textOf(objectOf(info["errorInformation"])["message"]))
}

// ended waits for a deployment's end, and returns what is known of it then.
func (t *task) ended(id string) (info members, err error) {
	err = t.until(func() (bool, error) {
		info, err = t.deployment(id)
		switch info["status"] {
		case "Succeeded", "Failed", "Stopped":
			return true, err
		}
		return false, err
	})
	return info, err
}

// abandon ends a deployment that nobody wants to wait for any more: it is stopped and rolled back. When the server closes,
// the deployment goes on, and the order that is repeated then follows it.
func (t *task) abandon(id string, err error) error {
	cause := context.Cause(t.ctx)
	if cause == nil {
		return err
	}
	if t.closing() {
		return cause
	}
	rest := t.within(context.WithoutCancel(t.ctx))
	if err := rest.stop(id, true); err != nil {
		return errors.Join(cause, err)
	}
	info, err := rest.ended(id)
	if err != nil {
		return errors.Join(cause, err)
	}
	_ = rest.outcome(id, info) // the cause is told, not that the deployment was stopped
	return cause
}

// stop stops a deployment, which may have ended by itself.
func (t *task) stop(id string, rollback bool) error {
	return t.until(func() (bool, error) {
		_, err := t.call("CodeDeploy", "StopDeployment", members{"deploymentId": id, "autoRollbackEnabled": rollback})
		switch {
		case err == nil || hasCode(err, "DeploymentAlreadyCompletedException") || classify(err) == notFound:
			return true, nil
		case hasCode(err, "ServiceUnavailable"): // it could not be stopped just now
			return false, nil
		}
		return true, err
	})
}
