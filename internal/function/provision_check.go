package function

import "sluice/internal/fault"

// What may be provisioned. The texts are AWS's (recordings test_provisioned_concurrency_exceptions,
// test_provisioned_concurrency_limits, test_lambda_provisioned_lifecycle, test_reserved_provisioned_overlap; that of
// weighted aliases as users have reported it since 2020).

// provisionable returns the version that a provision for a qualifier would be for first.
func provisionable(r Reader, id ID, qualifier string) (Number, error) {
	unpublished := fault.Errorf(fault.Invalid, "unpublished",
		"Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
	n, isNumber := ParseNumber(qualifier)
	if isNumber && n == Latest {
		return 0, unpublished
	}
	if err := checkQualified(r, id, qualifier); err != nil {
		return 0, err
	}
	if isNumber {
		return n, nil
	}
	a, err := r.Alias(id, qualifier)
	switch {
	case err != nil:
		return 0, err
	case a.Additional != 0:
		return 0, fault.Errorf(fault.Invalid, "weighted alias", "Alias with weights can not be used with Provisioned Concurrency")
	case a.Version == Latest:
		return 0, unpublished
	}
	return a.Version, nil
}

// checkQualified checks that a qualifier is a published version or an alias that exists.
func checkQualified(r Reader, id ID, qualifier string) error {
	n, isNumber := ParseNumber(qualifier)
	if !isNumber {
		_, err := r.Alias(id, qualifier)
		return noAlias(err, id, qualifier)
	}
	if n == Latest {
		return fault.Errorf(fault.Invalid, "provisioned", "The function resource provided must be an alias or a published version.")
	}
	_, err := r.Version(id, n)
	return notFoundAs(err, id, qualifier)
}

// checkSole checks that no other provision is for the version.
func checkSole(r Reader, p *Provision, version Number) error {
	all, err := r.ProvisionsOf(p.Function)
	if err != nil {
		return err
	}
	_, ofVersion := ParseNumber(p.Qualifier)
	for _, other := range all {
		if other.Qualifier == p.Qualifier {
			continue
		}
		covers, err := other.covers(r, version)
		switch {
		case err != nil:
			return err
		case covers && ofVersion:
			return fault.Errorf(fault.Conflict, "provisioned", "Version is pointed by a Provisioned Concurrency alias")
		case covers:
			return errProvisioned()
		}
	}
	return nil
}

func errProvisioned() error {
	return fault.Errorf(fault.Conflict, "provisioned",
		"Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version")
}

// covers reports whether a provision is for a version, by its number or through an alias.
func (p *Provision) covers(r Reader, n Number) (bool, error) {
	if number, ok := ParseNumber(p.Qualifier); ok {
		return number == n, nil
	}
	a, err := r.Alias(p.Function, p.Qualifier)
	return err == nil && a.Names(n), err
}

// checkProvision checks that the function and the account have room for a provision, in place of that with the same
// qualifier.
func checkProvision(r Reader, p *Provision) error {
	taken, err := claimsIn(r, p.Function.Scope)
	if err != nil {
		return err
	}
	own, wanted := taken.of(p.Function), p.Concurrent
	if before, err := r.Provision(p.Function, p.Qualifier); err == nil {
		own.provisioned -= before.Concurrent
	} else if !fault.Is(err, fault.NotFound, "") {
		return err
	}
	if own.reserved >= 0 {
		if own.provisioned+wanted > own.reserved {
			return fault.Errorf(fault.Invalid, "provisioned",
				"Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function")
		}
		return nil
	}
	left := taken.unclaimed(p.Function) - own.provisioned
	if wanted > left {
		return fault.Errorf(fault.Invalid, "concurrency",
			"Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [%d].", left)
	}
	if left-wanted < MinUnreserved {
		return fault.Errorf(fault.Invalid, "concurrency",
			"Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [%d].", MinUnreserved)
	}
	return nil
}

// checkPointed refuses to point an alias that has a provision at a version that has another or can't have one.
func checkPointed(r Reader, a *Alias) error {
	p, err := r.Provision(a.Function, a.Name)
	if fault.Is(err, fault.NotFound, "") {
		return nil
	} else if err != nil {
		return err
	}
	if a.Version == Latest {
		return fault.Errorf(fault.Invalid, "unpublished",
			"Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
	}
	for _, n := range []Number{a.Version, a.Additional} {
		if n == 0 {
			continue
		}
		if err := checkSole(r, p, n); err != nil {
			return err
		}
	}
	return nil
}
