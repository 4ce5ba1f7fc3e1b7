package sam

import "sluice/internal/stack/sam/openapi"

// edgeZone is the hosted zone of all CloudFront distributions, where edge-optimized domains end.
const edgeZone = "Z2FDTNDATAQYW2"

const recordSetGroup = "AWS::Route53::RecordSetGroup"

// records makes a domain's records in Route 53. Domains in the same hosted zone share a group, unless they ask for one of
// their own. Target is the domain's resource.
func (a *restBuild) records(domain map[string]any, target any) ([]*resource, error) {
	route, err := a.route53(domain)
	if route == nil || err != nil {
		return nil, err
	}
	sets := a.recordSets(domain, route, target)
	if separate := route["SeparateRecordSetGroup"]; truthy(separate) {
		if !is[bool](separate) {
			return nil, invalidResource(a.id, "Property 'Domain.Route53.SeparateRecordSetGroup' should be a boolean.")
		}
		zone := given(route, "HostedZoneId", "HostedZoneName")
		id := "RecordSetGroup" + hash10([]any{zoneOf(route), domain["DomainName"]})
		r := a.make(id, recordSetGroup, zone)
		r.properties["RecordSets"] = sets
		return []*resource{r}, nil
	}
	return []*resource{a.sharedRecords(route, sets, "HostedZoneId", "HostedZoneName")}, nil
}

// zoneOf is what names the hosted zone.
func zoneOf(route map[string]any) any {
	if id := route["HostedZoneId"]; truthy(id) {
		return id
	}
	return route["HostedZoneName"]
}

// route53 reads the property Route53 of a domain; nil if there is none.
func (s *source) route53(domain map[string]any) (map[string]any, error) {
	value := domain["Route53"]
	if value == nil {
		return nil, nil
	}
	if err := expect(s.id, "Domain.Route53", value, object); err != nil {
		return nil, err
	}
	route := value.(map[string]any)
	if route["HostedZoneId"] == nil && route["HostedZoneName"] == nil {
		return nil, invalidResource(s.id, "HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.")
	}
	return route, nil
}

// sharedRecords adds record sets to the group of their hosted zone.
func (a *apiBuild) sharedRecords(route map[string]any, sets []any, zone ...string) *resource {
	id := "RecordSetGroup" + hash10(zoneOf(route))
	group := a.t.apis.records[id]
	if group == nil {
		group = a.make(id, recordSetGroup, map[string]any{})
		for _, name := range zone {
			if value, ok := route[name]; ok {
				group.properties[name] = value
			}
		}
		a.t.apis.records[id] = group
	}
	have, _ := group.properties["RecordSets"].([]any)
	group.properties["RecordSets"] = append(have[:len(have):len(have)], sets...)
	return group
}

func (a *restBuild) recordSets(domain, route map[string]any, target any) []any {
	alias := map[string]any{}
	switch domain["EndpointConfiguration"] {
	case "REGIONAL":
		id, _ := target.(string)
		alias["HostedZoneId"], alias["DNSName"] = getAtt(id, "RegionalHostedZoneId"), getAtt(id, "RegionalDomainName")
	case "EDGE":
		alias["HostedZoneId"], alias["DNSName"] = edgeZone, a.distribution(route, target)
	default:
		alias["HostedZoneId"], alias["DNSName"] = route["VpcEndpointHostedZoneId"], route["VpcEndpointDomainName"]
	}
	return recordSetsFor(domain, route, alias)
}

// distribution is the name of the domain's CloudFront distribution. The reference implementation writes it into the
// template, whose text the deployment's hash takes in.
func (a *restBuild) distribution(route map[string]any, target any) any {
	if name := route["DistributionDomainName"]; name != nil {
		return name
	}
	id, _ := target.(string)
	if tree, ok := a.domain.Get("Route53").(*openapi.Dict); ok {
		tree.Put("DistributionDomainName", openapi.Listed().Put("Fn::GetAtt", []any{openapi.Word(id), openapi.Word("DistributionDomainName")}))
	}
	return getAtt(id, "DistributionDomainName")
}

// recordSetsFor makes a record of type A, and one of type AAAA if the domain has addresses of IPv6.
func recordSetsFor(domain, route, alias map[string]any) []any {
	if health := route["EvaluateTargetHealth"]; health != nil {
		alias["EvaluateTargetHealth"] = health
	}
	types := []string{"A"}
	if route["IpV6"] == true {
		types = append(types, "AAAA")
	}
	var sets []any
	for _, typ := range types {
		set := map[string]any{"Name": domain["DomainName"], "Type": typ, "AliasTarget": clone(alias)}
		for _, name := range [...]string{"Region", "SetIdentifier"} {
			if value := route[name]; value != nil {
				set[name] = value
			}
		}
		sets = append(sets, set)
	}
	return sets
}
