package function

import "strings"

// UnlessLatest is the qualifier under which something is kept: what $LATEST has is the function's own.
func UnlessLatest(qualifier string) string {
	if qualifier == Latest.String() {
		return ""
	}
	return qualifier
}

// mayBeAlias reports whether a qualifier has the form of an alias's name: letters, digits, - and _, and not digits alone.
func mayBeAlias(qualifier string) bool {
	return strings.Trim(qualifier, "0123456789") != "" && !strings.ContainsAny(qualifier, "$.")
}

// RevisionOf returns the revision ID of what a qualifier names: an alias, a version as it is now, or, if it is empty,
// $LATEST.
// Errors: fault.NotFound "function", for a missing version too, or "alias".
func RevisionOf(r Reader, id ID, qualifier string) (string, error) {
	f, err := r.Function(id)
	if err != nil {
		return "", notFoundAs(err, id, "")
	}
	if mayBeAlias(qualifier) {
		a, err := r.Alias(id, qualifier)
		if err != nil {
			return "", noAlias(err, id, qualifier)
		}
		return a.RevisionID, nil
	}
	n, ok := ParseNumber(qualifier)
	if qualifier != "" && !ok {
		return "", NotFound(id, qualifier)
	}
	v, err := version(r, f, n)
	if err != nil {
		return "", notFoundAs(err, id, qualifier)
	}
	return v.At(now()).RevisionID, nil
}
