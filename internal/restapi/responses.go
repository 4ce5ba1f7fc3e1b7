package restapi

import "sluice/internal/fault"

func badResponseType(kind string) error {
	return bad("Invalid gateway response type specified: %s", kind)
}

// PutResponse changes what a type of gateway response is. What is not given is the default's.
func (d *Definition) PutResponse(r GatewayResponse) (*GatewayResponse, error) {
	standard, ok := DefaultResponse(r.Type)
	if !ok {
		return nil, badResponseType(r.Type)
	}
	if r.Parameters == nil {
		r.Parameters = map[string]string{}
	}
	if r.Templates == nil {
		r.Templates = standard.Templates
	}
	d.setResponse(&r)
	return &r, nil
}

func (d *Definition) setResponse(r *GatewayResponse) {
	if d.Responses == nil {
		d.Responses = map[string]*GatewayResponse{}
	}
	d.Responses[r.Type] = r
}

// GatewayResponses lists all types, in AWS's order.
func (d *Definition) GatewayResponses() (all []*GatewayResponse) {
	for _, each := range responseKinds {
		r, _ := d.Response(each.kind)
		all = append(all, r)
	}
	return all
}

// UpdateResponse changes a type of gateway response, beginning from what it is.
func (d *Definition) UpdateResponse(kind string, patches []Patch) (*GatewayResponse, error) {
	r, ok := d.Response(kind)
	if !ok {
		return nil, badResponseType(kind)
	}
	r.Default = false
	err := apply(patches, anyBadPath,
		text("/statusCode", replaced, &r.Status),
		known("responseParameters", &r.Parameters), known("responseTemplates", &r.Templates))
	if err != nil {
		return nil, err
	}
	d.setResponse(r)
	return r, nil
}

// known is a map of which only what is there can be replaced, and whose texts are not empty (recording
// TestApiGatewayGatewayResponse.test_update_gateway_response).
func known(name string, to *map[string]string) field {
	return field{"/" + name + "/*", any3, func(p *Patch, key string) error {
		_, there := (*to)[key]
		if p.Op != "add" && !there {
			return noParameter()
		}
		if p.Op != "remove" && p.text() == "" {
			return bad("Invalid null or empty value in %s", name)
		}
		if p.Op == "remove" {
			delete(*to, key)
		} else {
			(*to)[key] = p.text()
		}
		return nil
	}}
}

// DeleteResponse makes a type of gateway response the default again.
func (d *Definition) DeleteResponse(kind string) error {
	if d.Responses[kind] == nil {
		return fault.Errorf(fault.NotFound, "gateway response", "Gateway response type not defined on api")
	}
	delete(d.Responses, kind)
	return nil
}
