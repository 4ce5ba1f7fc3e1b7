package resource

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"sluice/internal/api/resource/signal"
	"sluice/internal/api/wire"
	"sluice/internal/clock"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// Config is what the types are made of. Call is needed, and the others by the types that they are named for.
type Config struct {
	// Call calls an operation in-process (wire.Server.Call).
	Call func(ctx context.Context, from wire.Origin, service, operation string, members map[string]any) (map[string]any, error)
	// Buckets keeps AWS::S3::Bucket, whose API is not among wire.Server's.
	Buckets Buckets
	// Invoke hands an event to a function (ARN) for asynchronous invocation: custom resources.
	Invoke func(ctx context.Context, from wire.Origin, function string, event []byte) error
	// Signals are the addresses at which custom resources and wait conditions are answered.
	Signals *signal.Addresses
	// Stacks keeps nested stacks, and knows what is in the others. Template returns the text of a template at a URL, for people who may be told why not.
	Stacks   Stacks
	Template func(ctx context.Context, scope function.Scope, url string) (string, error)
	// Objects reads the OpenAPI documents of REST APIs from buckets.
	Objects Objects
	// Scale shortens what the cloud waits for: timeouts of wait conditions and custom resources.
	Scale  clock.Scale
	Logger *slog.Logger
}

// Objects reads objects of buckets, those of up to limit bytes; an empty version is the newest.
type Objects interface {
	ReadObject(ctx context.Context, scope function.Scope, bucket, key, version string, limit int64) ([]byte, error)
}

// Provider makes the resources of stacks.
type Provider struct {
	config Config
	types  map[string]*resource
}

var _ stack.Provider = (*Provider)(nil)

// New returns a Provider of all types.
func New(config Config) *Provider {
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	p := &Provider{config: config, types: map[string]*resource{}}
	for _, each := range resources() {
		p.types[each.Type] = each
	}
	return p
}

// Types returns the schemas of all types, by name.
func (p *Provider) Types() []*stack.Schema {
	var all []*stack.Schema
	for _, each := range p.types {
		all = append(all, &each.Schema)
	}
	slices.SortFunc(all, func(a, b *stack.Schema) int { return strings.Compare(a.Type, b.Type) })
	return all
}

// custom is the prefix of the types that a function stands behind.
const custom = "Custom::"

func (p *Provider) find(resourceType string) (*resource, bool) {
	if strings.HasPrefix(resourceType, custom) {
		resourceType = customType
	}
	found, ok := p.types[resourceType]
	return found, ok
}

// refused are types of which there will be none, and why.
func refused(resourceType string) (*stack.Schema, bool) {
	if resourceType == "AWS::Lambda::EventSourceMapping" {
		return &stack.Schema{Type: resourceType, Refusal: "There are no event sources here yet: no queue, stream or table to read from. " +
			"Take the mapping out of the template, or put it under a condition that is false here."}, false
	}
	return nil, false
}

// Schema describes a resource type. Custom::Anything is described as AWS::CloudFormation::CustomResource is.
func (p *Provider) Schema(resourceType string) (*stack.Schema, bool) {
	found, ok := p.find(resourceType)
	if !ok {
		return refused(resourceType)
	}
	return &found.Schema, true
}

// Create makes a resource, or returns the one that an order made before it was repeated.
func (p *Provider) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	t, r, err := p.task(ctx, o)
	if err != nil {
		return nil, err
	}
	t.creating = true
	made, err := r.create(t)
	if err != nil && o.Repeated && r.find != nil && classify(err) == alreadyExists {
		made, err = r.find(t)
	}
	return made, t.reason(err)
}

// Update changes a resource in place.
func (p *Provider) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	t, r, err := p.task(ctx, o)
	if err != nil {
		return nil, err
	}
	if r.update == nil {
		return unchanged(t), nil
	}
	made, err := r.update(t)
	if err != nil {
		return nil, t.reason(err)
	}
	return made, nil
}

// Delete deletes a resource that may be gone already.
func (p *Provider) Delete(ctx context.Context, o *stack.Order) error {
	t, r, err := p.task(ctx, o)
	if err != nil || r.delete == nil {
		return err
	}
	if err = r.delete(t); err != nil && classify(err) == notFound {
		return nil
	}
	return t.reason(err)
}

// Commit lets stand what was ordered for a resource.
func (p *Provider) Commit(ctx context.Context, o *stack.Order) error {
	t, r, err := p.task(ctx, o)
	if err != nil || r.commit == nil {
		return err
	}
	return t.reason(r.commit(t))
}

func (p *Provider) task(ctx context.Context, o *stack.Order) (*task, *resource, error) {
	r, ok := p.find(o.Type)
	if !ok {
		return nil, nil, errors.New("Unrecognized resource types: [" + o.Type + "]")
	}
	return &task{Order: o, ctx: ctx, provider: p}, r, nil
}
