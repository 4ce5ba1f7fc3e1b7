package httpapi

import (
	"strings"

	"sluice/internal/executeapi"
)

// CreateIntegration adds an integration. An empty Method is POST, an empty Format is Format1, a Timeout of 0 is MaxTimeout.
func (d *Definition) CreateIntegration(i Integration) (*Integration, error) {
	if len(d.Integrations) >= maxIntegrations {
		return nil, tooMany("Integrations", maxIntegrations)
	}
	i.ID = executeapi.NewID(executeapi.MiddleID)
	if err := i.check(); err != nil {
		return nil, err
	}
	put(&d.Integrations, i.ID, &i)
	return &i, nil
}

// check fills in what was not given, and refuses what can't be served.
func (i *Integration) check() error {
	if i.Method == "" {
		i.Method = "POST"
	}
	if i.Format == "" {
		i.Format = Format1
	}
	if i.Timeout == 0 {
		i.Timeout = MaxTimeout
	}
	switch {
	case i.Type != LambdaProxy:
		return unserved("Sluice does not serve integrations of type %s: an HTTP API's integrations can only be those with Lambda functions (AWS_PROXY).", i.Type)
	case !checkFunction(i.URI):
		return bad("Invalid integration URI specified: %s is neither a function's ARN nor the address of its invocations", i.URI)
	case i.Format != Format1 && i.Format != Format2:
		return bad("Invalid payload format version specified: %s. It has to be 1.0 or 2.0", i.Format)
	case i.Timeout < minTimeout || i.Timeout > MaxTimeout:
		return bad("Timeout should be between %d ms and %d ms", minTimeout, MaxTimeout)
	}
	return i.checkMappings()
}

// Integration returns an integration.
func (d *Definition) Integration(id string) (*Integration, error) {
	return one(d.Integrations, id, "Integration")
}

// SortedIntegrations lists the integrations by ID.
func (d *Definition) SortedIntegrations() []*Integration { return sorted(d.Integrations) }

// UpdateIntegration changes an integration.
func (d *Definition) UpdateIntegration(id string, change func(*Integration)) (*Integration, error) {
	i, err := d.Integration(id)
	if err != nil {
		return nil, err
	}
	change(i)
	return i, i.check()
}

// DeleteIntegration deletes an integration that no route leads to.
func (d *Definition) DeleteIntegration(id string) error {
	if _, err := d.Integration(id); err != nil {
		return err
	}
	var users []string
	for _, r := range d.SortedRoutes() {
		if r.Integration() == id {
			users = append(users, r.ID)
		}
	}
	if users != nil {
		return taken("Cannot delete Integration because it is referenced by the following Routes with Ids: [%s]", strings.Join(users, ", "))
	}
	delete(d.Integrations, id)
	return nil
}

// NoSubtype refuses integrations with AWS's own services.
func NoSubtype(subtype string) error {
	return unserved("Sluice does not serve integrations with AWS services (%s): an HTTP API's integrations can only be those with Lambda functions.", subtype)
}

// NoConnection refuses integrations within a private network.
func NoConnection(kind string) error {
	return unserved("Sluice has no VPC links: the connection type can only be INTERNET, not %s.", kind)
}
