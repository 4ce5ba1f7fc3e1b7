package resource

import (
	"errors"
	"slices"

	"sluice/internal/api/wire"
)

// settleAlias returns when no deployment moves the alias, whoever started it. It stops those that do if it is asked to,
// which brings the alias back to the version that they came from.
func (t *task) settleAlias(stop bool) error {
	for {
		moving, err := t.moving()
		if err != nil || len(moving) == 0 {
			return err
		}
		if err := t.settle(moving, stop); err != nil {
			return err
		}
	}
}

// settle waits for the end of deployments, and stops them before if it is asked to.
func (t *task) settle(ids []string, stop bool) error {
	for _, id := range ids {
		if stop {
			if err := t.stop(id, false); err != nil {
				return err
			}
		}
		if _, err := t.ended(id); err != nil && classify(err) != notFound {
			return err
		}
	}
	return nil
}

// active are the statuses of deployments that have not ended.
var active = []any{"Created", "Queued", "InProgress", "Baking", "Ready"}

// moving lists the deployments that move the alias.
func (t *task) moving() (ids []string, err error) {
	token := any(nil)
	for {
		out, err := t.call("CodeDeploy", "ListDeployments", with(members{"includeOnlyStatuses": active}, members{"nextToken": token}))
		if err != nil {
			return nil, err
		}
		for _, each := range listOf(out["deployments"]) {
			moves, err := t.movedBy(textOf(each))
			if err != nil {
				return nil, err
			}
			if moves {
				ids = append(ids, textOf(each))
			}
		}
		if token = out["nextToken"]; token == nil {
			return ids, nil
		}
	}
}

// movedBy reports whether a deployment is about the alias. One that has no target yet soon has.
func (t *task) movedBy(id string) (moves bool, err error) {
	err = t.until(func() (bool, error) {
		function := functionName(t.text("FunctionName"))
		out, err := t.call("CodeDeploy", "BatchGetDeploymentTargets", members{"deploymentId": id, "targetIds": []any{function}})
		if hasCode(err, "DeploymentNotStartedException") {
			return false, nil
		}
		if err != nil {
			return true, nil // it has no such target, or is gone
		}
		moves = slices.ContainsFunc(listOf(out["deploymentTargets"]), func(target any) bool {
			about := objectOf(objectOf(objectOf(target)["lambdaTarget"])["lambdaFunctionInfo"])
			return about["functionName"] == function && about["functionAlias"] == t.text("Name")
		})
		return true, nil
	})
	return moves, err
}

// inGroup lists the newest deployments of the group that a policy names, those of some statuses or all; none if there is
// no such group.
func (t *task) inGroup(policy members, statuses any) (ids []string) {
	out, err := t.call("CodeDeploy", "ListDeployments", with(members{"includeOnlyStatuses": statuses}, members{
		"applicationName": policy["ApplicationName"], "deploymentGroupName": policy["DeploymentGroupName"],
	}))
	if err != nil {
		return nil
	}
	const newest = 10
	for _, each := range listOf(out["deployments"]) {
		if ids = append(ids, textOf(each)); len(ids) == newest {
			break
		}
	}
	return ids
}

// stopInGroup stops the deployments of the alias's own group that move it, also one that has not yet begun to.
func (t *task) stopInGroup() error {
	policy := objectOf(t.UpdatePolicy[updatePolicy])
	if len(policy) == 0 {
		return nil
	}
	for _, id := range t.inGroup(policy, active) {
		moves, err := t.movedBy(id)
		if err == nil && moves {
			err = t.settle([]string{id}, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moved reports whether an alias can't be changed because a deployment moves it.
func moved(err error) bool { return hasCode(err, "ResourceConflictException") }

// hasCode reports whether a service refused with a certain exception.
func hasCode(err error, code string) bool {
	var refused *wire.Error
	return errors.As(err, &refused) && refused.Code == code
}
