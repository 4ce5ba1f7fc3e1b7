package lambda

import (
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// name is what a request's FunctionName says: a name, a partial ARN or an ARN, each with a qualifier or without.
type name struct {
	region, account string // empty if it does not say
	function        string
	qualifier       string
}

// parseName takes a FunctionName apart. Its shape's pattern has been checked, and is read as AWS reads it: each part
// but the name may be missing, so "arn:aws:lambda:us-east-1:111111111111:function" names a function called function
// (recording test_function_name_and_qualifier_validation, incomplete_arn).
func parseName(text string) name {
	if strings.HasPrefix(text, "arn:") {
		_, text, _ = strings.Cut(text, ":lambda:")
	}
	var n name
	parts := strings.Split(text, ":")
	if len(parts) > 1 && strings.Count(parts[0], "-") >= 2 && isRegion(parts[0]) {
		n.region, parts = parts[0], parts[1:]
	}
	if len(parts) > 1 && isAccount(parts[0]) {
		n.account, parts = parts[0], parts[1:]
	}
	if len(parts) > 1 && parts[0] == "function" {
		parts = parts[1:]
	}
	n.function = parts[0]
	if len(parts) > 1 {
		n.qualifier = parts[1]
	}
	return n
}

// isRegion reports whether a part has a region's form, such as us-east-1.
func isRegion(part string) bool {
	last := strings.LastIndexByte(part, '-')
	return last > 0 && len(part) == last+2 && part[last+1] >= '0' && part[last+1] <= '9' && strings.Trim(part[:last], "abcdefghijklmnopqrstuvwxyz-") == ""
}

func isAccount(part string) bool { return len(part) == 12 && strings.Trim(part, "0123456789") == "" }

// identify returns the function that a request names, and the qualifier from its name or its parameter.
func identify(r *wire.Request, functionName, qualifier string) (function.ID, string, error) {
	n := parseName(functionName)
	if n.account != "" && n.account != r.Account {
		return function.ID{}, "", fault.Errorf(fault.Denied, "account", "")
	}
	if n.region != "" && n.region != r.Region {
		return function.ID{}, "", fault.Errorf(fault.NotFound, "function",
			"Functions from '%s' are not reachable in this region ('%s')", n.region, r.Region)
	}
	if n.qualifier != "" && qualifier != "" && n.qualifier != qualifier {
		return function.ID{}, "", fault.Errorf(fault.Invalid, "qualifier",
			"The derived qualifier from the function name does not match the specified qualifier.")
	}
	if qualifier == "" {
		qualifier = n.qualifier
	}
	return function.ID{Scope: scope(r), Name: n.function}, qualifier, nil
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}
