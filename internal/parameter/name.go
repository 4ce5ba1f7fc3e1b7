package parameter

import (
	"regexp"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var nameForm = regexp.MustCompile(`^[a-zA-Z0-9_.-]+$|^(/[a-zA-Z0-9_.-]+)+$`)

// AWS's texts about names, as its clients report them.
const (
	reservedName = `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`
	badName      = `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of ` +
		`sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`
	unrooted = "Parameter name must be a fully qualified name."
	badPath  = `The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/". ` +
		`It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, numbers, or the following ` +
		`symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must ` +
		`use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.`
)

func invalid(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}

// checkName reports why a parameter may not be made under a name.
// Errors: fault.Invalid "request"; fault.Denied "name" for AWS's own; fault.Limit "hierarchy".
func checkName(name string) error {
	lower := strings.ToLower(strings.TrimPrefix(name, "/"))
	deep := strings.Count(name, "/") > 1
	switch {
	case deep && strings.HasPrefix(strings.ToLower(name), "/aws"):
		return fault.Errorf(fault.Denied, "name", "No access to reserved parameter name: %s.", name)
	case !deep && (strings.HasPrefix(lower, "aws") || strings.HasPrefix(lower, "ssm")):
		return invalid(reservedName)
	case strings.Contains(name, "/") && !strings.HasPrefix(name, "/"):
		return invalid(unrooted)
	case strings.HasPrefix(lower, "ssm"), !nameForm.MatchString(name):
		return invalid(badName)
	case strings.Count(name, "/") > maxLevels:
		return fault.Errorf(fault.Limit, "hierarchy", "A parameter's name may have %d levels, and %s has %d.",
			maxLevels, name, strings.Count(name, "/"))
	case len(name) > maxNameBytes:
		return invalid("The parameter's name has %d characters, at most %d are allowed.", len(name), maxNameBytes)
	}
	return nil
}

// Reference is a parameter, or one of its versions, as requests name it: NAME, NAME:VERSION, NAME:LABEL, or an ARN in place
// of the name.
type Reference struct {
	ID       ID
	Selector string // a colon with a number or a label; empty for the latest version
	// rooted is the other parameter that an ARN may mean: ARNs tell nothing of a slash before a name without others.
	rooted string
}

// ParseReference reads what a request names. Whether it exists is not asked. Errors: fault.Invalid "request".
func ParseReference(scope function.Scope, text string) (ref Reference, err error) {
	if rest, isARN := strings.CutPrefix(text, "arn:"); isARN {
		parts := strings.SplitN(rest, ":", 5)
		if len(parts) != 5 || parts[1] != "ssm" || !strings.HasPrefix(parts[4], "parameter/") {
			return Reference{}, invalid(badName)
		}
		scope = function.Scope{Region: parts[2], Account: parts[3]}
		text = strings.TrimPrefix(parts[4], "parameter/")
		name, _, _ := strings.Cut(text, ":")
		if ref.rooted = "/" + name; strings.Contains(name, "/") {
			text = "/" + text
		}
	}
	name, selector, selects := strings.Cut(text, ":")
	if selects {
		selector = ":" + selector
	}
	if name == "" || selector == ":" || strings.Count(selector, ":") > 1 {
		return Reference{}, invalid(badName)
	}
	ref.ID, ref.Selector = ID{scope, name}, selector
	return ref, nil
}

// find returns the parameter that is meant. Errors: fault.NotFound "parameter".
func (r *Reference) find(reader Reader) (*Parameter, error) {
	p, err := parameter(reader, r.ID)
	if r.rooted == "" || !fault.Is(err, fault.NotFound, "parameter") {
		return p, err
	}
	id := ID{r.ID.Scope, r.rooted}
	other, otherErr := parameter(reader, id)
	if otherErr != nil {
		return nil, err
	}
	r.ID = id
	return other, nil
}

// version returns the number of the version that is meant. The texts are AWS's, as its clients report them.
// Errors: fault.NotFound "version".
func (r Reference) version(p *Parameter) (int64, error) {
	selector := strings.TrimPrefix(r.Selector, ":")
	if selector == "" {
		return p.Latest.Number, nil
	}
	if number, err := strconv.ParseInt(selector, 10, 64); err == nil {
		if number > p.Latest.Number || number < 1 {
			return 0, noVersion(r.ID, number)
		}
		return number, nil
	}
	number, labeled := p.Labels[selector]
	if !labeled {
		return 0, fault.Errorf(fault.NotFound, "version",
			"Systems Manager could not find label %s for parameter %s. Verify the label and try again.", selector, r.ID.Name)
	}
	return number, nil
}

func noVersion(id ID, number int64) error {
	return fault.Errorf(fault.NotFound, "version",
		"Systems Manager could not find version %d of %s. Verify the version and try again.", number, id.Name)
}

func noParameter(name string) error {
	return fault.Errorf(fault.NotFound, "parameter", "Parameter %s not found.", name)
}
