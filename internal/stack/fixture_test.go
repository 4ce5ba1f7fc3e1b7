package stack_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "123456789012", Region: "eu-central-1"}

// cloud is a provider whose resources are in memory, and outlive the service that made them.
//
// Its types: Test::Thing, of which Name replaces it, Test::Fixed, which knows no update, and Test::Open.
type cloud struct {
	mu      sync.Mutex
	things  map[string]map[string]any // properties by physical ID; guarded by mu
	made    map[string]int            // how often by physical ID; guarded by mu
	deleted map[string]int            // likewise
	orders  []string                  // in their order: "create A", "update A undo"; guarded by mu
	busy    map[string]bool           // resources that an order is being carried out for; guarded by mu
	clashes []string                  // orders for a resource that was busy; guarded by mu
	// before is asked before each order is carried out, and after behind it, and may fail it or wait. Nil does neither.
	before, after func(ctx context.Context, verb string, o *stack.Order) error
}

func newCloud() *cloud {
	return &cloud{things: map[string]map[string]any{}, made: map[string]int{}, deleted: map[string]int{}, busy: map[string]bool{}}
}

func (c *cloud) Schema(resourceType string) (*stack.Schema, bool) {
	thing := &stack.Schema{
		Type: "Test::Thing", Attributes: []string{"Arn", "Value"}, Properties: map[string]*stack.Property{
			"Name": {Kind: stack.String, Replaces: true}, "Value": {Kind: stack.String}, "Size": {Kind: stack.Integer},
			"Tags": {Kind: stack.List}, "Needed": {Kind: stack.String},
			"Nested": {Kind: stack.Object, Fields: map[string]*stack.Property{"Key": {Kind: stack.String, Replaces: true}, "Text": {Kind: stack.String}}},
		},
	}
	switch resourceType {
	case "Test::Thing":
		return thing, true
	case "Test::Strict":
		return &stack.Schema{Type: resourceType, Properties: map[string]*stack.Property{"Needed": {Kind: stack.String, Required: true}}}, true
	case "Test::Fixed":
		return &stack.Schema{Type: resourceType, Fixed: true, Properties: thing.Properties, Attributes: thing.Attributes}, true
	case "Test::Open":
		return &stack.Schema{Type: resourceType, Open: true, Attributes: []string{"*"}}, true
	case "Test::Refused":
		return &stack.Schema{Refusal: "There are none."}, false
	}
	return nil, false
}

func (c *cloud) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	name := o.PhysicalID
	if given, ok := o.Properties["Name"].(string); ok {
		name = given
	}
	var made *stack.Made
	err := c.carryOut(ctx, "create", o, func() {
		if _, there := c.things[name]; !there || !o.Repeated {
			c.made[name]++
		}
		c.things[name], made = o.Properties, thing(name, o.Properties)
	})
	return made, err
}

func (c *cloud) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	name := o.PhysicalID
	if moved, ok := o.Properties["MoveTo"].(string); ok {
		name = moved
	}
	var made *stack.Made
	err := c.carryOut(ctx, "update", o, func() {
		c.things[name], made = o.Properties, thing(name, o.Properties)
	})
	return made, err
}

func (c *cloud) Delete(ctx context.Context, o *stack.Order) error {
	return c.carryOut(ctx, "delete", o, func() {
		if _, there := c.things[o.PhysicalID]; there {
			c.deleted[o.PhysicalID]++
			delete(c.things, o.PhysicalID)
		} else if !o.Repeated {
			c.deleted[o.PhysicalID]++
		}
	})
}

// Commit is for none of its types.
func (c *cloud) Commit(context.Context, *stack.Order) error {
	return errors.New("nothing can be committed")
}

func thing(name string, properties map[string]any) *stack.Made {
	return &stack.Made{PhysicalID: name, Attributes: map[string]any{"Arn": "arn:" + name, "Value": properties["Value"]}}
}

func (c *cloud) carryOut(ctx context.Context, verb string, o *stack.Order, do func()) error {
	told := verb + " " + o.LogicalID
	for name, set := range map[string]bool{" undo": o.Undo, " cleanup": o.Cleanup, " repeated": o.Repeated} {
		if set {
			told += name
		}
	}
	key := o.Stack.ID + "/" + o.LogicalID
	c.mu.Lock()
	c.orders = append(c.orders, told)
	if c.busy[key] {
		c.clashes = append(c.clashes, told)
	}
	c.busy[key] = true
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.busy, key)
		c.mu.Unlock()
	}()
	if c.before != nil {
		if err := c.before(ctx, verb, o); err != nil {
			return err
		}
	}
	c.mu.Lock()
	do()
	c.mu.Unlock()
	if c.after != nil {
		return c.after(ctx, verb, o)
	}
	return nil
}

// told returns the orders so far.
func (c *cloud) told() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.orders)
}

func (c *cloud) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.orders = nil
}

// values lists what is there, as "name=value", sorted. Generated names lose their random end.
func (c *cloud) values() (found []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, properties := range c.things {
		found = append(found, fmt.Sprintf("%s=%v", short(name), properties["Value"]))
	}
	slices.Sort(found)
	return found
}

// short is a generated name without its random end.
func short(name string) string {
	if at := strings.LastIndexByte(name, '-'); at > 0 && len(name)-at == 13 {
		return name[:at]
	}
	return name
}

// refuse fails the orders of some resources: "create A".
func refuse(orders ...string) func(context.Context, string, *stack.Order) error {
	return func(_ context.Context, verb string, o *stack.Order) error {
		if slices.Contains(orders, verb+" "+o.LogicalID) {
			return errors.New(verb + " of " + o.LogicalID + " was refused")
		}
		return nil
	}
}

// bench is a service on records of its own, with a cloud.
type bench struct {
	*stack.Service
	t     *testing.T
	cloud *cloud
	store *store.Store
	cfg   stack.Config
}

func newBench(t *testing.T, adjust ...func(*stack.Config)) *bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, cloud: newCloud(), store: records}
	b.cfg = stack.Config{Store: records, Provider: b.cloud}
	for _, each := range adjust {
		each(&b.cfg)
	}
	b.Service = stack.New(b.cfg)
	t.Cleanup(func() {
		b.Close()
		if err := records.Close(); err != nil {
			t.Error(err)
		}
		if len(b.cloud.clashes) > 0 {
			t.Errorf("two orders at once for a resource: %v", b.cloud.clashes)
		}
	})
	return b
}

// restart closes the service and starts another on its records.
func (b *bench) restart() {
	b.t.Helper()
	b.Close()
	b.Service = stack.New(b.cfg)
	if err := b.Start(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// request asks for a stack "shop" of a template's resources, as JSON or YAML.
func request(template string, adjust ...func(*stack.Request)) stack.Request {
	r := stack.Request{Scope: scope, Name: "shop", Template: template}
	for _, each := range adjust {
		each(&r)
	}
	return r
}

// create makes a stack and waits.
func (b *bench) create(template string, adjust ...func(*stack.Request)) *stack.Stack {
	b.t.Helper()
	made, err := b.Create(b.t.Context(), request(template, adjust...))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.rest(made.ID)
}

// update changes it and waits.
func (b *bench) update(template string, adjust ...func(*stack.Request)) *stack.Stack {
	b.t.Helper()
	changed, err := b.Update(b.t.Context(), request(template, adjust...))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.rest(changed.ID)
}

func (b *bench) delete(name string) *stack.Stack {
	b.t.Helper()
	s, err := b.Stack(b.t.Context(), scope, name)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.Delete(b.t.Context(), stack.Deletion{Scope: scope, Name: name}); err != nil {
		b.t.Fatal(err)
	}
	return b.rest(s.ID)
}

// rest waits until nothing is under way.
func (b *bench) rest(id string) *stack.Stack {
	b.t.Helper()
	s, err := b.Wait(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// story lists a stack's events from the oldest on: "A CREATE_FAILED why".
func (b *bench) story(id string) (lines []string) {
	b.t.Helper()
	events, _, err := b.Events(b.t.Context(), scope, id, 0, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range slices.Backward(events) {
		lines = append(lines, strings.TrimSpace(e.LogicalID+" "+e.Status+" "+e.Reason))
	}
	return lines
}

// statuses are those of a stack's resources: "A=CREATE_COMPLETE".
func (b *bench) statuses(id string) (found []string) {
	b.t.Helper()
	_, resources, err := b.Resources(b.t.Context(), scope, id)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range resources {
		found = append(found, r.LogicalID+"="+string(r.Status))
	}
	return found
}

func wantLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s are\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func wantStatus(t *testing.T, s *stack.Stack, want stack.Status, reason string) {
	t.Helper()
	if s.Status != want || s.Reason != reason {
		t.Errorf("the stack is %s %q, want %s %q", s.Status, s.Reason, want, reason)
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun, message string) {
	t.Helper()
	if !fault.Is(err, kind, noun) || err.Error() != message {
		t.Errorf("got %v, want a fault %v %s: %s", err, kind, noun, message)
	}
}

// things is a template of things that have a value each: "A=1", and "A=1>B" for one that refers to another.
func things(specs ...string) string {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for _, spec := range specs {
		spec, to, refers := strings.Cut(spec, ">")
		id, value, _ := strings.Cut(spec, "=")
		fmt.Fprintf(&b, "  %s:\n    Type: Test::Thing\n    Properties: {Value: '%s'", id, value)
		if refers {
			fmt.Fprintf(&b, ", Needed: !Ref %s", to)
		}
		b.WriteString("}\n")
	}
	return b.String()
}
