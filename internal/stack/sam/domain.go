package sam

import (
	"slices"
	"strings"
	"unicode"

	"sluice/internal/stack/sam/openapi"
)

// domainResources makes what the property Domain asks for: a domain's name, the paths of it that are the API's, and its
// records in Route 53.
func (a *restBuild) domainResources() ([]*resource, error) {
	value := a.properties["Domain"]
	if value == nil {
		return nil, nil
	}
	if err := expect(a.id, "Domain", value, object); err != nil {
		return nil, err
	}
	domain := value.(map[string]any)
	a.domain = a.t.tree(domain).(*openapi.Dict)
	for _, required := range [...]string{"DomainName", "CertificateArn"} {
		if domain[required] == nil {
			return nil, invalidResource(a.id, "Property 'Domain.%s' is required.", required)
		}
	}
	if domain["EndpointConfiguration"] == "PRIVATE" {
		return a.privateDomain(domain)
	}
	name := "ApiGatewayDomainName" + hash10(domain["DomainName"])
	a.domain.Put("ApiDomainName", openapi.Word(name))
	r, err := a.publicDomain(name, domain)
	if err != nil {
		return nil, err
	}
	mappings, err := a.mappings(domain, "AWS::ApiGateway::BasePathMapping", "DomainName", name)
	if err != nil {
		return nil, err
	}
	records, err := a.records(domain, name)
	return slices.Concat([]*resource{r}, mappings, records), err
}

func (a *restBuild) publicDomain(id string, domain map[string]any) (*resource, error) {
	endpoint := domain["EndpointConfiguration"]
	switch endpoint {
	case nil:
		endpoint = "REGIONAL"
		domain["EndpointConfiguration"] = endpoint
		a.domain.Put("EndpointConfiguration", openapi.Word("REGIONAL"))
	case "EDGE", "REGIONAL":
	default:
		return nil, invalidResource(a.id, "EndpointConfiguration for Custom Domains must be one of ['EDGE', 'REGIONAL', 'PRIVATE'].")
	}
	r := a.make(id, "AWS::ApiGateway::DomainName", map[string]any{"DomainName": domain["DomainName"]})
	certificate := "CertificateArn"
	if endpoint == "REGIONAL" {
		certificate = "RegionalCertificateArn"
	}
	r.properties[certificate] = domain["CertificateArn"]
	r.properties["EndpointConfiguration"] = domainEndpoint(endpoint, domain)
	if tls := domain["MutualTlsAuthentication"]; truthy(tls) {
		if err := expect(a.id, "Domain.MutualTlsAuthentication", tls, object); err != nil {
			return nil, err
		}
		if !onlyKeys(tls.(map[string]any), trustFields) {
			return nil, invalidResource(a.id, "Available Domain.MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].")
		}
		r.properties["MutualTlsAuthentication"] = given(tls.(map[string]any), trustFields...)
	}
	return r, setDomainOptions(r, domain, "Policy")
}

var trustFields = []string{"TruststoreUri", "TruststoreVersion"}

// given returns those of the names that a map gives a value.
func given(m map[string]any, names ...string) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		if value := m[name]; truthy(value) {
			out[name] = value
		}
	}
	return out
}

// setDomainOptions sets options of a domain. The type of the domain has all but one of them.
func setDomainOptions(r *resource, domain map[string]any, foreign string) error {
	for _, name := range [...]string{"SecurityPolicy", "EndpointAccessMode", "Policy", "OwnershipVerificationCertificateArn"} {
		value := domain[name]
		if !truthy(value) {
			continue
		}
		if name == foreign {
			return invalidResource(r.id, "property %s not defined for resource of type %s", name, r.typ)
		}
		r.properties[name] = value
	}
	return nil
}

func domainEndpoint(endpoint any, domain map[string]any) map[string]any {
	configuration := map[string]any{"Types": []any{endpoint}}
	if address := domain["IpAddressType"]; truthy(address) {
		configuration["IpAddressType"] = address
	}
	return configuration
}

// privateDomain makes a domain that only VPCs reach.
func (a *restBuild) privateDomain(domain map[string]any) ([]*resource, error) {
	id := "ApiGatewayDomainNameV2" + hash10(domain["DomainName"])
	r := a.make(id, "AWS::ApiGateway::DomainNameV2", map[string]any{
		"DomainName": domain["DomainName"], "CertificateArn": domain["CertificateArn"], "EndpointConfiguration": domainEndpoint("PRIVATE", domain),
	})
	if err := setDomainOptions(r, domain, "OwnershipVerificationCertificateArn"); err != nil {
		return nil, err
	}
	mappings, err := a.mappings(domain, "AWS::ApiGateway::BasePathMappingV2", "DomainNameArn", id)
	if err != nil {
		return nil, err
	}
	made := append([]*resource{r}, mappings...)
	// The record sets of private domains follow the domain's name, not its resource.
	records, err := a.records(domain, domain["DomainName"])
	if err != nil {
		return nil, err
	}
	made = append(made, records...)
	if association := domain["AccessAssociation"]; association != nil {
		endpoint := at(association, "VpcEndpointId")
		made = append(made, a.make("DomainNameAccessAssociation"+hash10([]any{endpoint, id}), "AWS::ApiGateway::DomainNameAccessAssociation", map[string]any{
			"DomainNameArn": ref(id), "AccessAssociationSourceType": "VPCE", "AccessAssociationSource": endpoint,
		}))
	}
	return made, nil
}

// mappings say which paths of the domain are the API's. Names of their resources, and the paths unless NormalizeBasePath is
// off, have letters and digits only.
func (a *restBuild) mappings(domain map[string]any, typ, property, domainID string) ([]*resource, error) {
	one := func(id string, path any) *resource {
		return a.make(id, typ, map[string]any{
			property: ref(domainID), "RestApiId": ref(a.id), "Stage": ref(a.id + ".Stage"), "BasePath": path,
		})
	}
	paths := basePaths(domain)
	if len(paths) == 0 {
		return []*resource{one(a.id+"BasePathMapping", nil)}, nil
	}
	var made []*resource
	normalize, set := domain["NormalizeBasePath"]
	for i, value := range paths {
		path, ok := value.(string)
		if !ok {
			return nil, invalidResource(a.id, "Property 'Domain.BasePath[%d]' should be a string.", i)
		}
		plain := lettersAndDigits(path)
		if !set || truthy(normalize) {
			path = plain
		}
		made = append(made, one(a.id+plain+"BasePathMapping", path))
	}
	return made, nil
}

// basePaths are the paths that a domain's BasePath names: a text, or a list of what should be texts.
func basePaths(domain map[string]any) []any {
	switch value := domain["BasePath"].(type) {
	case string:
		if value != "" {
			return []any{value}
		}
	case []any:
		return value
	}
	return nil
}

func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, s)
}
