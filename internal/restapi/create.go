package restapi

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"sluice/internal/executeapi"
	"sluice/internal/function"
)

// NewID returns an ID for an API that is to be created.
func NewID() string { return executeapi.NewID(executeapi.LongID) }

// usualKeySource holds where nobody says otherwise.
const usualKeySource = "HEADER"

// Creation asks for an API.
type Creation struct {
	ID                         string // of NewID; empty makes one
	Name, Description, Version string
	Described                  bool // whether there is a description, which must not be empty
	Endpoint                   Endpoint
	EndpointTypes              []string // as they were given: AWS takes one; nil is none
	DisableEndpoint            bool
	SecurityPolicy, AccessMode string
	Tags                       map[string]string
	Settings                   // an empty KeySource is usualKeySource
	// CloneFrom is the API whose definition is copied; empty is none.
	CloneFrom string
	// Definition is what an imported document says, nil for a new API with AWS's default models.
	Definition *Definition
}

// Create makes an API.
// Errors: fault.Invalid "request".
func (s *Service) Create(ctx context.Context, scope function.Scope, c Creation) (*API, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.ID == "" {
		c.ID = NewID()
	}
	a := c.api(ID{Scope: scope, API: c.ID})
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if err := a.clone(tx, c.CloneFrom); err != nil {
			return err
		}
		return tx.PutRESTAPI(a)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, a.ID)
	return a, nil
}

func (c *Creation) check() error {
	if c.Name == "" {
		return bad("REST API name must not be empty.")
	}
	if c.Described && c.Description == "" {
		return bad("Description cannot be an empty string")
	}
	if err := c.checkEndpoint(); err != nil {
		return err
	}
	if err := executeapi.CheckTags(c.Tags); err != nil {
		return err
	}
	if c.Definition != nil {
		return c.Definition.check()
	}
	return c.Settings.check()
}

// checkEndpoint follows recording test_create_rest_api_with_endpoint_configuration.
func (c *Creation) checkEndpoint() error {
	switch {
	case c.EndpointTypes != nil && len(c.EndpointTypes) == 0:
		return bad("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.")
	case len(c.EndpointTypes) > 1:
		return bad("Cannot create an api with multiple Endpoint Types.")
	}
	return c.Endpoint.check()
}

func (s *Settings) check() error {
	if s.KeySource != "" && s.KeySource != "HEADER" && s.KeySource != "AUTHORIZER" {
		return bad("Invalid API key source specified. Valid options are HEADER, AUTHORIZER")
	}
	if s.Policy != "" && !json.Valid([]byte(s.Policy)) {
		return bad("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
	}
	return checkCompression(s.MinimumCompression)
}

func checkCompression(size *int64) error {
	if size != nil && (*size < 0 || *size > maxCompression) {
		return bad("Invalid minimum compression size, must be between 0 and %d", maxCompression)
	}
	return nil
}

func (c *Creation) api(id ID) *API {
	a := &API{
		ID: id, Name: c.Name, Description: c.Description, Version: c.Version, Created: now(), Endpoint: c.Endpoint.complete(),
		DisableEndpoint: c.DisableEndpoint, SecurityPolicy: c.SecurityPolicy, AccessMode: c.AccessMode, Tags: maps.Clone(c.Tags),
	}
	if c.Definition != nil {
		a.Definition = *c.Definition
	} else {
		a.Definition = NewDefinition()
		a.Models = defaultModels()
		a.Settings = c.Settings
	}
	a.KeySource = cmp.Or(a.KeySource, usualKeySource)
	return a
}

// complete fills in what holds if nobody says otherwise (recording test_create_rest_api_verify_defaults).
func (e Endpoint) complete() Endpoint {
	if e.Type == "" {
		e.Type = "EDGE"
	}
	if e.IPAddressType == "" {
		e.IPAddressType = "ipv4"
		if e.Type == "PRIVATE" {
			e.IPAddressType = "dualstack"
		}
	}
	return e
}

// clone takes another API's definition over.
func (a *API) clone(r Reader, from string) error {
	if from == "" {
		return nil
	}
	source, err := r.RESTAPI(ID{Scope: a.ID.Scope, API: from})
	if err != nil {
		return missing(err, bad("Invalid API identifier specified"))
	}
	a.Definition = source.Definition
	return nil
}

// Get returns an API.
// Errors: fault.NotFound "REST API".
func (s *Service) Get(ctx context.Context, id ID) (*API, error) {
	return read(ctx, s, func(r Reader) (*API, error) {
		a, err := r.RESTAPI(id)
		return a, missing(err, noAPI(id))
	})
}

// List lists APIs by ID, those after one, at most limit.
func (s *Service) List(ctx context.Context, scope function.Scope, after string, limit int) ([]*API, error) {
	return read(ctx, s, func(r Reader) ([]*API, error) { return r.RESTAPIs(scope, after, limit) })
}

// Delete deletes an API with its deployments and stages.
// Errors: fault.NotFound "REST API".
func (s *Service) Delete(ctx context.Context, id ID) error {
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error { return missing(tx.DeleteRESTAPI(id), noAPI(id)) })
	if err == nil {
		s.follow(ctx, id)
	}
	return err
}

// Put replaces an API's definition by an imported one, or puts the imported one over it: what both have is the imported one's.
// Members of the imported settings that are not given stay as they are.
func (s *Service) Put(ctx context.Context, id ID, imported *Definition, overwrite bool, name, description, version string) (changed *API, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		a, err := tx.RESTAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		if overwrite {
			a.overwrite(imported)
		} else if err := a.merge(imported); err != nil {
			return err
		}
		if err := a.check(); err != nil {
			return err
		}
		a.rename(overwrite, name, description, version)
		changed = a
		return tx.PutRESTAPI(a)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, id)
	return changed, nil
}

func (a *API) rename(overwrite bool, name, description, version string) {
	if name != "" {
		a.Name = name
	}
	if overwrite || description != "" {
		a.Description = description
	}
	if overwrite || version != "" {
		a.Version = version
	}
}

// overwrite keeps the root's ID and those of the resources that stay at their paths, so that who knows them still does.
func (a *API) overwrite(d *Definition) {
	before := a.Definition
	a.Definition = *d
	a.KeySource = cmp.Or(a.KeySource, usualKeySource)
	ids := map[string]string{} // the ID before, by the new one
	for _, r := range d.Resources {
		for _, old := range before.Resources {
			if old.Path == r.Path {
				ids[r.ID] = old.ID
			}
		}
	}
	a.reidentify(ids)
}

// reidentify gives resources other IDs.
func (d *Definition) reidentify(ids map[string]string) {
	renamed := map[string]*Resource{}
	for _, r := range d.Resources {
		if id := ids[r.ID]; id != "" {
			r.ID = id
		}
		if id := ids[r.Parent]; id != "" {
			r.Parent = id
		}
		renamed[r.ID] = r
	}
	d.Resources = renamed
	if id := ids[d.Root]; id != "" {
		d.Root = id
	}
}

// merge puts an imported definition over this one.
func (d *Definition) merge(from *Definition) error {
	d.identify(from)
	for _, r := range from.Sorted() {
		at, err := d.Ensure(r.Path)
		if err != nil {
			return err
		}
		for name, m := range r.Methods {
			if at.Methods == nil {
				at.Methods = map[string]*Method{}
			}
			at.Methods[name] = m
		}
	}
	d.Models = merged(d.Models, from.Models)
	d.Validators = merged(d.Validators, from.Validators)
	d.Authorizers = merged(d.Authorizers, from.Authorizers)
	d.Responses = merged(d.Responses, from.Responses)
	if _, err := d.ImportDocumentation(from.Documentation, false); err != nil {
		return err
	}
	for _, kind := range from.BinaryMediaTypes {
		if !slices.Contains(d.BinaryMediaTypes, kind) {
			d.BinaryMediaTypes = append(d.BinaryMediaTypes, kind)
		}
	}
	if from.MinimumCompression != nil {
		d.MinimumCompression = from.MinimumCompression
	}
	if from.Policy != "" {
		d.Policy = from.Policy
	}
	d.KeySource = cmp.Or(from.KeySource, d.KeySource)
	return nil
}

// identify gives an imported definition's validators and authorizers the IDs that those of the same name have here, which they
// replace: a document knows names only.
func (d *Definition) identify(from *Definition) {
	ids := map[string]string{} // the ID here, by the imported one
	for id, v := range from.Validators {
		for _, own := range d.Validators {
			if own.Name == v.Name {
				ids[id], v.ID = own.ID, own.ID
			}
		}
	}
	for id, a := range from.Authorizers {
		for _, own := range d.Authorizers {
			if own.Name == a.Name {
				ids[id], a.ID = own.ID, own.ID
			}
		}
	}
	from.Validators, from.Authorizers = rekeyed(from.Validators, ids), rekeyed(from.Authorizers, ids)
	for _, r := range from.Resources {
		for _, m := range r.Methods {
			m.ValidatorID, m.AuthorizerID = cmp.Or(ids[m.ValidatorID], m.ValidatorID), cmp.Or(ids[m.AuthorizerID], m.AuthorizerID)
		}
	}
}

func rekeyed[V any](all map[string]V, ids map[string]string) map[string]V {
	renamed := map[string]V{}
	for id, each := range all {
		renamed[cmp.Or(ids[id], id)] = each
	}
	return renamed
}

func merged[V any](to, from map[string]V) map[string]V {
	if to == nil {
		return from
	}
	maps.Copy(to, from)
	return to
}
