package sam

import (
	"regexp"
	"slices"
	"strings"
)

// regionalDomain makes what the property Domain of an HTTP or WebSocket API asks for: a domain's name, the paths of it that
// are the API's, and its records in Route 53. Tag marks what SAM made.
func (h *apiBuild) regionalDomain(tag string) ([]*resource, error) {
	domain, given := h.properties["Domain"].(map[string]any)
	if !given {
		return nil, nil
	}
	if domain["DomainName"] == nil || domain["CertificateArn"] == nil {
		return nil, invalidResource(h.id, "Custom Domains only works if both DomainName and CertificateArn are provided.")
	}
	name, err := h.domainName(domain, tag)
	if err != nil {
		return nil, err
	}
	mappings, err := h.httpMappings(domain, name.id)
	if err != nil {
		return nil, err
	}
	route, err := h.route53(domain)
	if route == nil || err != nil {
		return append([]*resource{name}, mappings...), err
	}
	alias := map[string]any{"HostedZoneId": getAtt(name.id, "RegionalHostedZoneId"), "DNSName": getAtt(name.id, "RegionalDomainName")}
	zone := "HostedZoneName"
	if _, byID := route["HostedZoneId"]; byID {
		zone = "HostedZoneId"
	}
	records := h.sharedRecords(route, recordSetsFor(domain, route, alias), zone)
	return slices.Concat([]*resource{name}, mappings, []*resource{records}), nil
}

func (h *apiBuild) domainName(domain map[string]any, tag string) (*resource, error) {
	endpoint := domain["EndpointConfiguration"]
	if endpoint == nil {
		endpoint = "REGIONAL"
	}
	if endpoint != "REGIONAL" {
		return nil, invalidResource(h.id, "EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].")
	}
	configuration := map[string]any{"CertificateArn": domain["CertificateArn"], "EndpointType": endpoint}
	for name, value := range given(domain, "OwnershipVerificationCertificateArn", "SecurityPolicy") {
		configuration[name] = value
	}
	r := h.make("ApiGatewayDomainNameV2"+hash10(domain["DomainName"]), "AWS::ApiGatewayV2::DomainName", map[string]any{
		"DomainName": domain["DomainName"], "DomainNameConfigurations": []any{configuration}, "Tags": map[string]any{tag: "SAM"},
	})
	tls := domain["MutualTlsAuthentication"]
	if !truthy(tls) {
		return r, nil
	}
	trust, ok := tls.(map[string]any)
	if !ok {
		return nil, invalidResource(h.id, "MutualTlsAuthentication must be a map with at least one of the following fields ['TruststoreUri', 'TruststoreVersion'].")
	}
	var unknown []string
	for _, name := range sorted(trust) {
		if !slices.Contains(trustFields, name) {
			unknown = append(unknown, name)
		}
	}
	if unknown != nil {
		return nil, invalidResource(strings.Join(unknown, ","), "Available MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].")
	}
	r.properties["MutualTlsAuthentication"] = given(trust, trustFields...)
	return r, nil
}

var (
	invalidBasePath = regexp.MustCompile(`[^0-9a-zA-Z/\-_]`)
	pathSeparators  = strings.NewReplacer("-", "", "_", "", "/", "")
)

// mappings say which paths of the domain are the API's.
func (h *apiBuild) httpMappings(domain map[string]any, domainID string) ([]*resource, error) {
	one := func(id string, key any) *resource {
		return h.make(h.id+id+"ApiMapping", "AWS::ApiGatewayV2::ApiMapping", map[string]any{
			"DomainName": ref(domainID), "ApiId": ref(h.id), "Stage": ref(h.id + ".Stage"), "ApiMappingKey": key,
		})
	}
	paths := basePaths(domain)
	if len(paths) == 0 {
		return []*resource{one("", nil)}, nil
	}
	var made []*resource
	for _, value := range paths {
		path, ok := value.(string)
		switch {
		case !ok:
			return nil, invalidResource(h.id, "Basepath must be a string.")
		case invalidBasePath.MatchString(path):
			return nil, invalidResource(h.id, "Invalid Basepath name provided.")
		}
		made = append(made, one(pathSeparators.Replace(path), strings.Trim(path, "/")))
	}
	return made, nil
}
