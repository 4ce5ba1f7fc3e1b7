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
		text("/name", replaced, &a.Name), text("/description", replaced, &a.Description), text("/version", replaced, &a.Version),
		text("/apiKeySource", replaced, &a.KeySource), text("/policy", replaced, &a.Policy),
		text("/securityPolicy", replaced, &a.SecurityPolicy), text("/endpointAccessMode", replaced, &a.AccessMode),
		flag("/disableExecuteApiEndpoint", replaced, &a.DisableEndpoint), names("/binaryMediaTypes", &a.BinaryMediaTypes),
		field{"/minimumCompressionSize", replaced, a.setCompression},
		field{"/endpointConfiguration/types/*", replaced, a.setEndpoint}, field{"/endpointConfiguration/types", replaced, a.setEndpoint},
		text("/endpointConfiguration/ipAddressType", replaced, &a.Endpoint.IPAddressType),
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

func (a *API) setEndpoint(p *Patch, _ string) error {
	if !slices.Contains([]string{"EDGE", "REGIONAL", "PRIVATE"}, p.text()) {
		return bad("Invalid EndpointTypes specified. Valid options are EDGE, REGIONAL and PRIVATE")
	}
	a.Endpoint.Type = p.text()
	return nil
}
