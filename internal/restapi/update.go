package restapi

import (
	"context"
	"slices"
)

// Update changes an API's own members. Those of its Settings take effect with the next deployment.
// Errors: fault.NotFound "REST API"; fault.Invalid "patch" and "request".
func (s *Service) Update(ctx context.Context, id ID, patches []Patch) (changed *API, err error) {
	err = s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		if changed, err = tx.RESTAPI(id); err != nil {
			return missing(err, noAPI(id))
		}
		if err := changed.patch(patches); err != nil {
			return err
		}
		return tx.PutRESTAPI(changed)
	})
	if err != nil {
		return nil, err
	}
	s.follow(ctx, id)
	return changed, nil
}

func (a *API) patch(patches []Patch) error {
	err := apply(patches, badPath,
		text("/name", replaced, &a.Name), text("/description", emptied, &a.Description), text("/version", replaced, &a.Version),
		text("/apiKeySource", replaced, &a.KeySource), text("/policy", replaced, &a.Policy),
		text("/securityPolicy", replaced, &a.SecurityPolicy), text("/endpointAccessMode", replaced, &a.AccessMode),
		flag("/disableExecuteApiEndpoint", replaced, &a.DisableEndpoint), names("/binaryMediaTypes", &a.BinaryMediaTypes),
		field{"/minimumCompressionSize", replaced, a.setCompression},
		field{"/endpointConfiguration/types/*", any3, a.setEndpoint}, field{"/endpointConfiguration/types", any3, a.setEndpoint},
		field{"/endpointConfiguration/ipAddressType", replaced, func(p *Patch, _ string) error {
			a.Endpoint.IPAddressType = p.text()
			return a.Endpoint.check()
		}},
		field{"/endpointConfiguration/vpcEndpointIds", addedOff, func(p *Patch, _ string) error {
			a.Endpoint.VPCEndpoints = slices.DeleteFunc(a.Endpoint.VPCEndpoints, func(v string) bool { return v == p.text() })
			if p.Op == "add" {
				a.Endpoint.VPCEndpoints = append(a.Endpoint.VPCEndpoints, p.text())
			}
			return nil
		}})
	if err != nil {
		return err
	}
	if a.Name == "" {
		return bad("REST API name must not be empty.")
	}
	return a.check()
}

// setCompression takes an empty value for none.
func (a *API) setCompression(p *Patch, _ string) error {
	a.MinimumCompression = nil
	if p.text() == "" {
		return nil
	}
	n, err := p.number()
	if err != nil {
		n = -1 // which is refused in the words that AWS has for any bad size
	}
	a.MinimumCompression = &n
	return checkCompression(&n)
}

// setEndpoint takes the addresses along that private APIs have no other than. AWS has a type of its own for the complaint about
// the operation (recording test_update_rest_api_ip_address_type).
func (a *API) setEndpoint(p *Patch, _ string) error {
	if p.Op != "replace" {
		return bad("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
	}
	if !slices.Contains([]string{"EDGE", "REGIONAL", "PRIVATE"}, p.text()) {
		return bad("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE")
	}
	a.Endpoint.Type = p.text()
	if a.Endpoint.Type == "PRIVATE" {
		a.Endpoint.IPAddressType = "dualstack"
	}
	return nil
}

func (e Endpoint) check() error {
	if e.IPAddressType != "" && e.IPAddressType != "ipv4" && e.IPAddressType != "dualstack" {
		return bad("ipAddressType must be either ipv4 or dualstack.")
	}
	if e.Type == "PRIVATE" && e.IPAddressType == "ipv4" {
		return bad("Only dualstack ipAddressType is supported for Private APIs.")
	}
	return nil
}
