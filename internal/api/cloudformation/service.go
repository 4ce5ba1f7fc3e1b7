package cloudformation

import (
	"context"
	"encoding/json"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Config says what the API stands on.
type Config struct {
	Stacks  *stack.Service // needed
	Types   Types          // needed
	Objects Objects        // reads templates by URL; nil knows no buckets
}

// Types describes resource types. A stack.Provider does.
type Types interface {
	Schema(resourceType string) (*stack.Schema, bool)
}

// Objects reads objects in buckets.
type Objects interface {
	// ReadObject returns an object's content, of which there may be limit bytes at most. An empty version is the newest. A
	// fault's message is S3's own.
	ReadObject(ctx context.Context, scope function.Scope, bucket, key, version string, limit int64) ([]byte, error)
}

type api struct {
	stacks  *stack.Service
	types   Types
	objects Objects
}

// New returns the service.
func New(cfg Config) *wire.Service {
	a := &api{stacks: cfg.Stacks, types: cfg.Types, objects: cfg.Objects}
	s := wire.NewService(&shape.Model)
	s.Errors = translate
	a.serveStacks(s)
	a.serveChangeSets(s)
	handle(s, "DescribeStackEvents", a.describeEvents)
	handle(s, "DescribeStackResource", a.describeResource)
	handle(s, "DescribeStackResources", a.describeResources)
	handle(s, "ListStackResources", a.listResources)
	handle(s, "SignalResource", a.signal)
	handle(s, "GetTemplate", a.getTemplate)
	handle(s, "GetTemplateSummary", a.getSummary)
	handle(s, "ValidateTemplate", a.validate)
	handle(s, "ListExports", a.listExports)
	handle(s, "ListImports", a.listImports)
	handle(s, "GetStackPolicy", a.getPolicy)
	handle(s, "SetStackPolicy", a.setPolicy)
	handle(s, "DescribeType", a.describeType)
	handle(s, "DescribeAccountLimits", a.describeLimits)
	return s
}

func (a *api) serveStacks(s *wire.Service) {
	handle(s, "CreateStack", a.create)
	handle(s, "UpdateStack", a.update)
	handle(s, "DeleteStack", a.delete)
	handle(s, "CancelUpdateStack", a.cancel)
	handle(s, "ContinueUpdateRollback", a.continueRollback)
	handle(s, "RollbackStack", a.rollback)
	handle(s, "UpdateTerminationProtection", a.protect)
	handle(s, "DescribeStacks", a.describe)
	handle(s, "ListStacks", a.list)
}

func (a *api) serveChangeSets(s *wire.Service) {
	handle(s, "CreateChangeSet", a.createChangeSet)
	handle(s, "DescribeChangeSet", a.describeChangeSet)
	handle(s, "ExecuteChangeSet", a.executeChangeSet)
	handle(s, "DeleteChangeSet", a.deleteChangeSet)
	handle(s, "ListChangeSets", a.listChangeSets)
}

func scope(r *wire.Request) function.Scope {
	return function.Scope{Account: r.Account, Region: r.Region}
}

// document is a member that is JSON text.
func document(value any) (*string, error) {
	content, err := json.Marshal(value)
	written := string(content)
	return &written, err
}

// text is a member, or none instead of an empty one.
func text[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	return new(string(s))
}
