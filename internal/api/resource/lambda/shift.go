package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"sluice/internal/api/resource"
)

// updatePolicy is the attribute of an alias that has it moved by deployments (page "UpdatePolicy attribute").
const updatePolicy = "CodeDeployLambdaAliasUpdate"

// shift moves the alias to the template's version by a deployment, waits for its end, and fails if it does. It returns with
// the alias on one version in any case, except that a deployment goes on when the server closes: the order is repeated then.
func shift(t *task, policy members) error {
	if t.Repeated {
		if id, err := earlier(t, policy); err != nil || id != "" {
			return follow(t, id, err)
		}
	}
	var id string
	err := t.Until(func() (bool, error) {
		ready, current, err := startingPoint(t)
		if err != nil || !ready {
			return true, err
		}
		if id, err = deploy(t, policy, current); err == nil || resource.Classify(err) != resource.LimitExceeded {
			return true, err
		}
		// Another deployment moves the alias, or another alias of the group.
		if err := settle(t, inGroup(t, policy, nil), false); err != nil {
			return false, err
		}
		return false, settleAlias(t, false)
	})
	if err != nil || id == "" {
		return err
	}
	return follow(t, id, nil)
}

// startingPoint returns the version to begin at. It is not ready if there is nothing to shift: the alias is at its goal, if
// somebody moved it by hand, or at a version that no deployment can name. Weights that somebody set are taken away.
func startingPoint(t *task) (ready bool, version string, err error) {
	for {
		now, err := aliasNow(t)
		if err != nil {
			return false, "", err
		}
		version, goal := resource.TextOf(now["FunctionVersion"]), t.Text("FunctionVersion")
		if version == goal || version == "$LATEST" || goal == "$LATEST" {
			return false, version, nil
		}
		if now["RoutingConfig"] == nil {
			return true, version, nil
		}
		in := resource.With(t.Pick("FunctionName", "Name"), members{"FunctionVersion": version, "RoutingConfig": members{"AdditionalVersionWeights": members{}}})
		if _, err := t.Call("Lambda", "UpdateAlias", in); err == nil {
			return true, version, nil
		} else if !moved(err) {
			return false, "", err
		}
		if err := settleAlias(t, false); err != nil {
			return false, "", err
		}
	}
}

// deploy creates the deployment.
func deploy(t *task, policy members, current string) (id string, err error) {
	spec, err := json.Marshal(appSpec(t, policy, current))
	if err != nil {
		return "", err
	}
	// Whoever cancels the order meanwhile has it stopped by its ID.
	out, err := t.Within(context.WithoutCancel(t.Context)).Call("CodeDeploy", "CreateDeployment", members{
		"applicationName": policy["ApplicationName"], "deploymentGroupName": policy["DeploymentGroupName"], "description": description(t),
		"revision": members{"revisionType": "AppSpecContent", "appSpecContent": members{"content": string(spec)}},
	})
	if err != nil {
		return "", err
	}
	id = resource.TextOf(out["deploymentId"])
	t.Notef("CodeDeploy deployment started: %s", id) // AWS's words, recorded in a run of 2026-08-13
	return id, nil
}

func appSpec(t *task, policy members, current string) members {
	spec := members{
		"version": "0.0",
		"Resources": []any{members{t.LogicalID: members{"Type": "AWS::Lambda::Function", "Properties": members{
			"Name": functionName(t.Text("FunctionName")), "Alias": t.Text("Name"), "CurrentVersion": current, "TargetVersion": t.Text("FunctionVersion"),
		}}}},
	}
	var hooks []any
	for _, phase := range []string{"BeforeAllowTraffic", "AfterAllowTraffic"} {
		if function := resource.TextOf(policy[phase+"Hook"]); function != "" {
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
func description(t *task) string {
	const most = 256
	return resource.Shortened("Update of "+t.LogicalID+" by CloudFormation "+t.Token, most)
}

// earlier returns the deployment that this order started before it was repeated; empty if it started none.
func earlier(t *task, policy members) (string, error) {
	for _, id := range inGroup(t, policy, nil) {
		found, err := deployment(t, id)
		if err != nil {
			return "", err
		}
		if found["description"] == description(t) {
			return id, nil
		}
	}
	return "", nil
}

func deployment(t *task, id string) (members, error) {
	out, err := t.Call("CodeDeploy", "GetDeployment", members{"deploymentId": id})
	return resource.ObjectOf(out["deploymentInfo"]), err
}

// follow waits for a deployment that was started, unless starting it failed, and for the one that rolls it back.
func follow(t *task, id string, err error) error {
	if err != nil {
		return err
	}
	info, err := ended(t, id)
	if err != nil {
		return abandon(t, id, err)
	}
	return outcome(t, id, info)
}

// outcome is the failure of a deployment that has ended, once it was rolled back.
func outcome(t *task, id string, info members) error {
	if info["status"] == "Succeeded" {
		return nil
	}
	if back := resource.TextOf(resource.ObjectOf(info["rollbackInfo"])["rollbackDeploymentId"]); back != "" {
		t.Notef("CodeDeploy rollback deployment started: %s", back) // recorded in a run of 2026-08-13
		if _, err := ended(t, back); err != nil {
			return err
		}
	}
	// AWS's words, recorded in a run of 2026-08-08.
	return resource.Failf(resource.InternalFailure, "%s failed. %s", id, resource.TextOf(resource.ObjectOf(info["errorInformation"])["message"]))
}

// ended waits for a deployment's end, and returns what is known of it then.
func ended(t *task, id string) (info members, err error) {
	err = t.Until(func() (bool, error) {
		info, err = deployment(t, id)
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
func abandon(t *task, id string, err error) error {
	cause := context.Cause(t.Context)
	if cause == nil {
		return err
	}
	if t.Closing() {
		return cause
	}
	rest := t.Within(context.WithoutCancel(t.Context))
	if err := stopDeployment(rest, id, true); err != nil {
		return errors.Join(cause, err)
	}
	info, err := ended(rest, id)
	if err != nil {
		return errors.Join(cause, err)
	}
	_ = outcome(rest, id, info) // the cause is told, not that the deployment was stopped
	return cause
}

// stopDeployment stops a deployment, which may have ended by itself.
func stopDeployment(t *task, id string, rollback bool) error {
	return t.Until(func() (bool, error) {
		_, err := t.Call("CodeDeploy", "StopDeployment", members{"deploymentId": id, "autoRollbackEnabled": rollback})
		switch {
		case err == nil || resource.HasCode(err, "DeploymentAlreadyCompletedException") || resource.Gone(err):
			return true, nil
		case resource.HasCode(err, "ServiceUnavailable"): // it could not be stopped just now
			return false, nil
		}
		return true, err
	})
}
