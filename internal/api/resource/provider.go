package resource

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

// Config is what orders are carried out with. Call is needed.
type Config struct {
	// Call calls an operation in-process (wire.Server.Call).
	Call   func(ctx context.Context, from wire.Origin, service, operation string, members map[string]any) (map[string]any, error)
	Logger *slog.Logger
}

// Provider makes the resources of stacks.
type Provider struct {
	config Config
	types  map[string]*Type
}

var _ stack.Provider = (*Provider)(nil)

// New returns a Provider of the types.
func New(config Config, types ...*Type) *Provider {
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	p := &Provider{config: config, types: map[string]*Type{}}
	for _, each := range types {
		p.types[each.Type] = each
	}
	return p
}

// Types returns the schemas of all types that can be made, by name.
func (p *Provider) Types() []*stack.Schema {
	var all []*stack.Schema
	for _, each := range p.types {
		if each.Refusal == "" {
			all = append(all, &each.Schema)
		}
	}
	slices.SortFunc(all, func(a, b *stack.Schema) int { return strings.Compare(a.Type, b.Type) })
	return all
}

func (p *Provider) find(resourceType string) (*Type, bool) {
	if found, ok := p.types[resourceType]; ok {
		return found, true
	}
	for _, each := range p.types {
		if each.Prefix != "" && strings.HasPrefix(resourceType, each.Prefix) {
			return each, true
		}
	}
	return nil, false
}

// Schema describes a resource type. One that has a Refusal is none, and says why.
func (p *Provider) Schema(resourceType string) (*stack.Schema, bool) {
	found, ok := p.find(resourceType)
	if !ok {
		return nil, false
	}
	return &found.Schema, found.Refusal == ""
}

// Call calls an operation of a service as types do, for those who look at what orders have made.
func (p *Provider) Call(ctx context.Context, from wire.Origin, service, operation string, in Members) (Members, error) {
	return p.config.Call(ctx, from, service, operation, in)
}

// Create makes a resource, or returns the one that an order made before it was repeated.
func (p *Provider) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	t, r, err := p.task(ctx, o)
	if err != nil {
		return nil, err
	}
	t.Creating = true
	if err := t.checkTags(); err != nil {
		return nil, t.reason(err)
	}
	made, err := r.Create(t)
	if err != nil && o.Repeated && r.Find != nil && Classify(err) == AlreadyExists {
		made, err = r.Find(t)
	}
	return made, t.reason(err)
}

// Update changes a resource in place.
func (p *Provider) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	t, r, err := p.task(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := t.checkTags(); err != nil {
		return nil, t.reason(err)
	}
	if r.Update == nil {
		return Unchanged(t), nil
	}
	made, err := r.Update(t)
	if err != nil {
		return nil, t.reason(err)
	}
	return made, nil
}

// Delete deletes a resource that may be gone already.
func (p *Provider) Delete(ctx context.Context, o *stack.Order) error {
	t, r, err := p.task(ctx, o)
	if err != nil || r.Delete == nil {
		return err
	}
	if err = r.Delete(t); err != nil && Gone(err) {
		return nil
	}
	return t.reason(err)
}

// Commit lets stand what was ordered for a resource.
func (p *Provider) Commit(ctx context.Context, o *stack.Order) error {
	t, r, err := p.task(ctx, o)
	if err != nil || r.Commit == nil {
		return err
	}
	return t.reason(r.Commit(t))
}

func (p *Provider) task(ctx context.Context, o *stack.Order) (*Task, *Type, error) {
	r, ok := p.find(o.Type)
	if !ok || r.Refusal != "" {
		return nil, nil, errors.New("Unrecognized resource types: [" + o.Type + "]")
	}
	return &Task{Order: o, Context: ctx, config: &p.config, of: r}, r, nil
}
