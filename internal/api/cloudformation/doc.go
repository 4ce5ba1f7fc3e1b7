// Package cloudformation speaks AWS's CloudFormation API: stacks, their change sets, resources, events, exports and templates.
//
// It turns requests into calls of stack.Service, reads templates that lie in Sluice's own buckets, and words faults as AWS does.
// What a template means and what an operation does with a stack is not decided here. Stack sets, drift detection, imports,
// generated templates and the registry of types are not served. Called by internal/server.
package cloudformation
