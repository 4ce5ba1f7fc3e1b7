package restapi

import "sluice/internal/executeapi"

// CreateValidator adds a request validator.
func (d *Definition) CreateValidator(v RequestValidator) (*RequestValidator, error) {
	v.ID = executeapi.NewID(executeapi.ShortID)
	if d.Validators == nil {
		d.Validators = map[string]*RequestValidator{}
	}
	d.Validators[v.ID] = &v
	return &v, nil
}

// Validator returns a request validator.
func (d *Definition) Validator(id string) (*RequestValidator, error) {
	if d.Validators[id] == nil {
		return nil, absent("Request Validator")
	}
	return d.Validators[id], nil
}

// UpdateValidator changes a request validator.
func (d *Definition) UpdateValidator(id string, patches []Patch) (*RequestValidator, error) {
	v, err := d.Validator(id)
	if err != nil {
		return nil, err
	}
	err = apply(patches, listed,
		field{"/name", replaced, func(p *Patch, _ string) error {
			if p.text() == "" {
				return bad("Request Validator name cannot be blank")
			}
			v.Name = p.text()
			return nil
		}},
		flag("/validateRequestParameters", replaced, &v.Parameters), flag("/validateRequestBody", replaced, &v.Body))
	return v, err
}

// DeleteValidator deletes a request validator that no method uses.
func (d *Definition) DeleteValidator(id string) error {
	if _, err := d.Validator(id); err != nil {
		return err
	}
	for _, r := range d.Sorted() {
		for _, m := range r.Methods {
			if m.ValidatorID == id {
				return taken("Cannot delete validator '%s', is referenced in method: %s/%s", id, r.Path, m.HTTPMethod)
			}
		}
	}
	delete(d.Validators, id)
	return nil
}
