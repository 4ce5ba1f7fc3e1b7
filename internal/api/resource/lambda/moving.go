package lambda

import (
	"slices"

	"sluice/internal/api/resource"
)

// settleAlias returns when no deployment moves the alias, whoever started it. It stops those that do if it is asked to,
// which brings the alias back to the version that they came from.
func settleAlias(t *task, stop bool) error {
	for {
		moving, err := moving(t)
		if err != nil || len(moving) == 0 {
			return err
		}
		if err := settle(t, moving, stop); err != nil {
			return err
		}
	}
}

// settle waits for the end of deployments, and stops them before if it is asked to.
func settle(t *task, ids []string, stop bool) error {
	for _, id := range ids {
		if stop {
			if err := stopDeployment(t, id, false); err != nil {
				return err
			}
		}
		if _, err := ended(t, id); err != nil && !resource.Gone(err) {
			return err
		}
	}
	return nil
}

// active are the statuses of deployments that have not ended.
var active = []any{"Created", "Queued", "InProgress", "Baking", "Ready"}

// moving lists the deployments that move the alias.
func moving(t *task) (ids []string, err error) {
	token := any(nil)
	for {
		out, err := t.Call("CodeDeploy", "ListDeployments", resource.With(members{"includeOnlyStatuses": active}, members{"nextToken": token}))
		if err != nil {
			return nil, err
		}
		for _, each := range resource.ListOf(out["deployments"]) {
			moves, err := movedBy(t, resource.TextOf(each))
			if err != nil {
				return nil, err
			}
			if moves {
				ids = append(ids, resource.TextOf(each))
			}
		}
		if token = out["nextToken"]; token == nil {
			return ids, nil
		}
	}
}

// movedBy reports whether a deployment is about the alias. One that has no target yet soon has.
func movedBy(t *task, id string) (moves bool, err error) {
	err = t.Until(func() (bool, error) {
		function := functionName(t.Text("FunctionName"))
		out, err := t.Call("CodeDeploy", "BatchGetDeploymentTargets", members{"deploymentId": id, "targetIds": []any{function}})
		if resource.HasCode(err, "DeploymentNotStartedException") {
			return false, nil
		}
		if err != nil {
			return true, nil // it has no such target, or is gone
		}
		moves = slices.ContainsFunc(resource.ListOf(out["deploymentTargets"]), func(target any) bool {
			about := resource.ObjectOf(resource.ObjectOf(resource.ObjectOf(target)["lambdaTarget"])["lambdaFunctionInfo"])
			return about["functionName"] == function && about["functionAlias"] == t.Text("Name")
		})
		return true, nil
	})
	return moves, err
}

// inGroup lists the newest deployments of the group that a policy names, those of some statuses or all; none if there is
// no such group.
func inGroup(t *task, policy members, statuses any) (ids []string) {
	out, err := t.Call("CodeDeploy", "ListDeployments", resource.With(members{"includeOnlyStatuses": statuses}, members{
		"applicationName": policy["ApplicationName"], "deploymentGroupName": policy["DeploymentGroupName"],
	}))
	if err != nil {
		return nil
	}
	const newest = 10
	for _, each := range resource.ListOf(out["deployments"]) {
		if ids = append(ids, resource.TextOf(each)); len(ids) == newest {
			break
		}
	}
	return ids
}

// stopInGroup stops the deployments of the alias's own group that move it, also one that has not yet begun to.
func stopInGroup(t *task) error {
	policy := resource.ObjectOf(t.UpdatePolicy[updatePolicy])
	if len(policy) == 0 {
		return nil
	}
	for _, id := range inGroup(t, policy, active) {
		moves, err := movedBy(t, id)
		if err == nil && moves {
			err = settle(t, []string{id}, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moved reports whether an alias can't be changed because a deployment moves it.
func moved(err error) bool { return resource.HasCode(err, "ResourceConflictException") }
