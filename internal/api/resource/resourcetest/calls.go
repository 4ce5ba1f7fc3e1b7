package resourcetest

import (
	"context"

	"sluice/internal/api/resource"
	"sluice/internal/api/wire"
)

// Calls are the answers to operations, the last of each again and again.
type Calls struct {
	Answers map[string][]Object
	Err     error
	Made    []string
}

func (c *Calls) call(_ context.Context, _ wire.Origin, _, operation string, _ Object) (Object, error) {
	c.Made = append(c.Made, operation)
	all := c.Answers[operation]
	if len(all) == 0 {
		return nil, c.Err
	}
	if len(all) > 1 {
		c.Answers[operation] = all[1:]
	}
	return all[0], nil
}

// Provider is one of some types, whose calls are answered so.
func (c *Calls) Provider(types []*resource.Type) *resource.Provider {
	return resource.New(resource.Config{Call: c.call}, types...)
}
