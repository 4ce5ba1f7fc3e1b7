package resource

import (
	"slices"
)

// httpAPIs is the service that makes AWS::ApiGatewayV2::*, by its Model's name.
const httpAPIs = "ApiGatewayV2"

// httpAPITypes are all of AWS::ApiGatewayV2::*. The types of domains, VPC links, models and responses are not there: a stack that has
// them is refused before it begins.
func httpAPITypes() []*resource {
	return []*resource{httpAPI(), httpStage(), httpRoute(), httpIntegration(), httpDeployment(), httpAuthorizer()}
}

// http calls an operation of API Gateway's version 2.
func (t *task) http(operation string, in members) (members, error) {
	return t.call(httpAPIs, operation, in)
}

// inHTTPAPI are the members that name something in the API of the property ApiId.
func (t *task) inHTTPAPI(more members) members {
	return with(members{"ApiId": t.text("ApiId")}, more)
}

// listedHTTP returns the items of all pages of a list. in is used up.
func (t *task) listedHTTP(operation string, in members) (all []members, err error) {
	for {
		out, err := t.http(operation, in)
		if err != nil {
			return nil, err
		}
		for _, each := range listOf(out["items"]) {
			all = append(all, objectOf(each))
		}
		if in["NextToken"] = out["nextToken"]; out["nextToken"] == nil {
			return all, nil
		}
	}
}

// foundHTTP returns the item of a list that an earlier order made, nil if there is none or the order is the first.
func (t *task) foundHTTP(operation string, in members, ours func(members) bool) (members, error) {
	if !t.Repeated {
		return nil, nil
	}
	all, err := t.listedHTTP(operation, in)
	if i := slices.IndexFunc(all, ours); i >= 0 {
		return all[i], err
	}
	return nil, err
}
