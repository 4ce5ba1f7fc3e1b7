// Package sam turns a template of the AWS Serverless Application Model into a plain template of CloudFormation, as AWS's macro
// AWS::Serverless-2016-10-31 does.
//
// Transform is a pure function of template and parameter values. It goes through these passes:
//
//	check      resources are maps with maps of properties, mappings are a map
//	APIs       definitions that were left out, and APIs that events imply (api*.go, httpapi*.go)
//	globals    defaults of the section Globals are merged into the resources
//	connectors those embedded in resources become resources of their own
//	expansion  functions, state machines, APIs, the rest, connectors: each becomes plain resources
//	deployment CodeDeploy's application, role and groups, if a function asks for gradual deployment
//	references names of what was made replace !Ref Function.Version and the like
//
// What each type of resource and of event source becomes stands in a file of its name; kind.go and event.go list them. What
// is wrong is collected over all resources and told in the words of the reference implementation.
//
// Parsing a template, evaluating its functions and making its resources do not belong here. Called by
// internal/stack/transform.
package sam
