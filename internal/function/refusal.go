package function

import "sluice/internal/fault"

// The refusals that several rules share. Their texts are AWS's (recordings test_function_revisions_version_and_alias,
// test_notfound_and_invalid_routingconfigs, test_lambda_concurrent_code_updates).

// NotFound says that there is no function, or none with that version or alias; an empty qualifier names the function.
func NotFound(id ID, qualifier string) error {
	return fault.Errorf(fault.NotFound, "function", "Function not found: %s", id.Qualified(qualifier))
}

func aliasNotFound(id ID, name string) error {
	return fault.Errorf(fault.NotFound, "alias", "Cannot find alias arn: %s", id.Qualified(name))
}

// notFoundAs words a missing record as a request for the qualifier sees it. Other errors stay.
func notFoundAs(err error, id ID, qualifier string) error {
	if fault.Is(err, fault.NotFound, "") {
		return NotFound(id, qualifier)
	}
	return err
}

// checkRevision enforces a caller's precondition; an empty one always holds.
func checkRevision(given, actual string) error {
	if given == "" || given == actual {
		return nil
	}
	return fault.Errorf(fault.Precondition, "revision",
		"The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id")
}

// checkSettled refuses a second update while the first is shown as going on.
func checkSettled(v *Version) error {
	switch {
	case v.Settling == nil:
		return nil
	case v.Settling.Creating:
		return fault.Errorf(fault.Conflict, "update",
			"The operation cannot be performed at this time. The function is currently in the following state: Pending")
	default:
		return fault.Errorf(fault.Conflict, "update",
			"The operation cannot be performed at this time. An update is in progress for resource: %s", v.Function.ARN())
	}
}

// checkFree refuses to move an alias that a deployment is moving.
func checkFree(a *Alias) error {
	if a.Deployment == "" {
		return nil
	}
	return fault.Errorf(fault.Conflict, "deployment",
		"The alias %s is being moved by the deployment %s. Wait until it has ended, or stop it.", a.ARN(), a.Deployment)
}
