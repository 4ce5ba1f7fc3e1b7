// Package cloudformation holds the resource types that are CloudFormation's own: nested stacks, wait conditions and their handles, custom
// resources, and what the CDK leaves in templates. They call no operation of a service, and their failures are not those of a
// resource handler (resource.Plainf).
//
// What is common to all types does not belong here (internal/api/resource), nor do the addresses at which answers come in
// (internal/api/resource/signal), nor the rules of stacks (internal/stack). internal/server joins Types to those of the services.
package cloudformation

import (
	"context"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/signal"
	"sluice/internal/clock"
	"sluice/internal/function"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Means are what the types are made of. All are needed.
type Means struct {
	Stacks Stacks
	// Template returns the text of a template at a URL, for people who may be told why not.
	Template func(ctx context.Context, scope function.Scope, url string) (string, error)
	// Answers are the addresses at which custom resources and wait conditions are answered.
	Answers *signal.Addresses
	Invoke  Invoke
	// Scale shortens what the cloud waits for: timeouts of wait conditions and custom resources.
	Scale clock.Scale
}

// Types are all of AWS::CloudFormation::*, and AWS::CDK::Metadata.
func Types(m Means) []*resource.Type {
	return []*resource.Type{
		nestedStack(m.Stacks, m.Template), waitHandle(m.Answers), waitCondition(m.Answers, m.Scale),
		customResource(m.Answers, m.Scale, m.Invoke), cdkMetadata(),
	}
}
