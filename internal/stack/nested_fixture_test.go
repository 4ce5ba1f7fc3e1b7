package stack_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/cloudformation"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// nest is a provider of a cloud's types and of nested stacks.
type nest struct {
	things    stack.Provider
	stacks    *resource.Provider
	templates map[string]string // by URL
}

const nestedType = "AWS::CloudFormation::Stack"

// tiers are the services, one after the other, that the provider asks.
type tiers struct{ *stack.Service }

func (n *nest) of(resourceType string) stack.Provider {
	if resourceType == nestedType {
		return n.stacks
	}
	return n.things
}

func (n *nest) Schema(resourceType string) (*stack.Schema, bool) {
	return n.of(resourceType).Schema(resourceType)
}

func (n *nest) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	return n.of(o.Type).Create(ctx, o)
}

func (n *nest) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	return n.of(o.Type).Update(ctx, o)
}

func (n *nest) Delete(ctx context.Context, o *stack.Order) error { return n.of(o.Type).Delete(ctx, o) }

func (n *nest) Commit(ctx context.Context, o *stack.Order) error { return n.of(o.Type).Commit(ctx, o) }

// nestBench is a bench whose stacks may nest those of some templates.
type nestBench struct {
	*bench
	nest  *nest
	tiers *tiers
}

func newNestBench(t *testing.T, templates map[string]string) *nestBench {
	b := newBench(t)
	n := &nest{templates: templates, things: b.cloud}
	nb := &nestBench{bench: b, nest: n, tiers: &tiers{}}
	n.stacks = resource.New(resource.Config{}, cloudformation.Types(cloudformation.Means{
		Stacks: nb.tiers, Template: func(_ context.Context, _ function.Scope, url string) (string, error) {
			if text, there := n.templates[url]; there {
				return text, nil
			}
			return "", errors.New("no template at " + url)
		},
	})...)
	b.cfg.Provider = n
	b.Close()
	nb.serve()
	return nb
}

// serve starts a service on the records, after another was closed.
func (b *nestBench) serve() {
	b.t.Helper()
	b.Service = stack.New(b.cfg)
	b.tiers.Service = b.Service
	if err := b.Start(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// holds is a template that nests one, with a thing that depends on it.
func holds(url, value string) string {
	return "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: " + url + "}}\n" +
		"  Z: {Type: 'Test::Thing', DependsOn: N, Properties: {Value: '" + value + "'}}\n"
}

// child is the stack that a stack nests as N.
func (b *nestBench) child(parent string) *stack.Stack {
	b.t.Helper()
	_, resources, err := b.Resources(b.t.Context(), scope, parent)
	if err != nil {
		b.t.Fatal(err)
	}
	at := slices.IndexFunc(resources, func(r *stack.Resource) bool { return r.LogicalID == "N" })
	found, err := b.Stack(b.t.Context(), scope, resources[at].PhysicalID)
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// things lists what is there by the things' logical IDs: "A=1".
func (b *nestBench) things() (found []string) {
	for _, value := range b.cloud.values() {
		found = append(found, value[strings.LastIndexByte(value, '-')+1:])
	}
	slices.Sort(found)
	return found
}

// names are the physical IDs in the cloud.
func (c *cloud) names() (names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name := range c.things {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
