package parameter

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Change is a parameter to be made, or a version to be added. What is nil or empty stays as the version before has it.
type Change struct {
	ID          ID
	Value       string
	Type        Type // needed for a new parameter
	Key         string
	Description *string
	Pattern     *string
	Tier        Tier
	DataType    string
	Tags        map[string]string // of a new parameter
	Overwrite   bool              // a parameter that exists gets a new version
	User        string
}

var dataTypes = []string{"", "text", "aws:ec2:image", "aws:ssm:integration"}

// check reports what is wrong whether the parameter exists or not.
func (c *Change) check() error {
	switch {
	case c.Value == "":
		return invalid("1 validation error detected: Value '' at 'value' failed to satisfy constraint: " +
			"Member must have length greater than or equal to 1.")
	case c.Overwrite && len(c.Tags) > 0:
		return invalid("Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please " +
			"remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.")
	case !slices.Contains(dataTypes, c.DataType):
		return invalid("The following data type is not supported: %s (Data type names are all lowercase.)", c.DataType)
	case function.CountTags(c.Tags) > maxTags:
		return tooManyTags()
	}
	return checkName(c.ID.Name)
}

// apply makes the next version.
func (c *Change) apply(p *Parameter) error {
	v := &p.Latest
	v.Number++
	v.Type = cmp.Or(c.Type, v.Type)
	v.DataType = cmp.Or(c.DataType, v.DataType, "text")
	v.Value, v.User, v.Modified = c.Value, c.User, time.Now().UTC()
	if c.Description != nil {
		v.Description = *c.Description
	}
	if c.Pattern != nil {
		v.Pattern = *c.Pattern
	}
	if v.Type == Secure {
		v.Key = cmp.Or(c.Key, v.Key, DefaultKey)
	} else {
		v.Key = ""
	}
	switch {
	case v.Type == "":
		return invalid("A parameter type is required when you create a parameter.")
	case c.Key != "" && v.Type != Secure:
		return invalid("KeyId is only used with parameters of the type SecureString.")
	}
	if err := v.tiered(c.Tier); err != nil {
		return err
	}
	return v.matches()
}

// tiered chooses the tier and wants the value to be short enough for it.
func (v *Version) tiered(wanted Tier) error {
	before := v.Tier
	v.Tier = cmp.Or(wanted, before, Standard)
	if v.Tier == Intelligent {
		v.Tier = cmp.Or(before, Standard)
		if len(v.Value) > MaxStandardBytes {
			v.Tier = Advanced
		}
	}
	switch {
	case before == Advanced && v.Tier == Standard:
		return invalid("This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the " +
			"advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and " +
			"recreate it as a standard parameter.")
	case v.Tier == Standard && len(v.Value) > MaxStandardBytes:
		return invalid("Standard tier parameters support a maximum parameter value of %d characters. To create a larger "+
			"parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see "+
			"https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html", MaxStandardBytes)
	case len(v.Value) > MaxAdvancedBytes:
		return invalid("Advanced tier parameters support a maximum parameter value of %d characters.", MaxAdvancedBytes)
	}
	return nil
}

// matches wants the value to be one that the pattern allows.
func (v *Version) matches() error {
	if v.Pattern == "" {
		return nil
	}
	pattern, err := regexp.Compile(`^(?:` + v.Pattern + `)$`)
	if err != nil {
		return fault.Errorf(fault.Invalid, "pattern", "The request does not meet the regular expression requirement: %s", v.Pattern)
	}
	if !pattern.MatchString(v.Value) {
		return fault.Errorf(fault.Invalid, "value", "Parameter value, cannot be validated against allowedPattern: %s", v.Pattern)
	}
	return nil
}

// Put makes a parameter, or adds a version to one, and returns it with its latest version, whose secure value is sealed.
//
// Errors: fault.Conflict "parameter" if it exists and is not to be overwritten; fault.Invalid "request", "pattern" or
// "value"; fault.Denied "name"; fault.Limit "hierarchy", "versions" or "tags".
func (s *Service) Put(ctx context.Context, c Change) (*Parameter, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	var p *Parameter
	err := s.store.WriteParameters(ctx, func(tx Tx) (err error) {
		p, err = tx.Parameter(c.ID)
		switch {
		case fault.Is(err, fault.NotFound, "parameter"):
			p = &Parameter{ID: c.ID, Tags: maps.Clone(c.Tags)}
		case err != nil:
			return err
		case !c.Overwrite:
			return fault.Errorf(fault.Conflict, "parameter",
				"The parameter already exists. To overwrite this value, set the overwrite option in the request to true.")
		}
		if err := c.apply(p); err != nil {
			return err
		}
		if p.Latest.Type == Secure {
			p.Latest.Value = s.sealer.seal(c.ID, c.Value)
		}
		if err := forget(tx, p); err != nil {
			return err
		}
		return tx.PutParameter(p)
	})
	return p, err
}

// forget drops the oldest version when there are too many.
func forget(tx Tx, p *Parameter) error {
	oldest := p.Latest.Number - maxVersions
	if oldest < 1 {
		return nil
	}
	if len(p.labelsOf(oldest)) > 0 {
		return fault.Errorf(fault.Limit, "versions", "You attempted to create a new version of %s by calling the PutParameter API "+
			"with the overwrite flag. Version %d, the oldest version, can't be deleted because it has a label associated with it. "+
			"Move the label to another version of the parameter, and try again.", p.ID.Name, oldest)
	}
	return tx.DropParameterVersion(p.ID, oldest)
}
