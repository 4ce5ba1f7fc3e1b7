// Package stack makes, changes and deletes stacks: sets of resources that a template describes.
//
// An operation is planned purely (which resources are new, changed, replaced or gone, and in which order) and then carried out by
// the service, resource by resource, as far as the graph allows at once. What is about to be done is stored before
// it is done, so that a server that was killed goes on with the operation or rolls it back.
//
// What a template says belongs to internal/stack/template, what SAM's short forms stand for to internal/stack/sam, what a
// resource type is and how one is made to a Provider (internal/api/resource). Called by internal/api/cloudformation.
package stack
