package storetest

import (
	"fmt"
	"io"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
)

// StackStore is a stack.Store that can be closed. Close waits for what runs.
type StackStore interface {
	stack.Store
	io.Closer
}

// Stacks runs the suite of stack.Store. prepare makes an empty place for records, as for Functions.
func Stacks(t *testing.T, prepare func(t *testing.T) (open func() StackStore)) {
	for name, test := range stackTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &stackPlace{open(), open})
		})
	}
}

// stackPlace holds the records of one test, and the store that is open on them.
type stackPlace struct {
	StackStore
	open func() StackStore
}

var stackTests = map[string]func(*testing.T, *stackPlace){
	"every field is kept, on disk": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.write(t, func(tx stack.Tx) error {
			return errorOf(tx.PutStackGoal(NewStackGoal(s, 1)), tx.PutStackResource(NewStackResource(s, "A")), tx.PutChangeSet(NewChangeSet(s, "one")),
				tx.AddStackEvent(NewStackEvent(s, "e")), tx.SetStackExports(s.ID, []stack.Export{newExport(s, "url")}), tx.PutStack(s))
		})
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.StackStore = p.open()
		p.read(t, func(r stack.Reader) error {
			wantSame(t, "stack", found(t, r.Stack, s.ID), s)
			wantSame(t, "change set", found(t, r.ChangeSet, NewChangeSet(s, "one").ID), NewChangeSet(s, "one"))
			goal, err := r.StackGoal(s.ID, 1)
			wantSame(t, "goal", goal, NewStackGoal(s, 1))
			wantSame(t, "resources", found(t, r.StackResources, s.ID), []*stack.Resource{NewStackResource(s, "A")})
			e := NewStackEvent(s, "e")
			e.Number = 1
			events, err2 := r.StackEvents(s.ID, 0, 0)
			wantSame(t, "events", events, []*stack.Event{e})
			export := newExport(s, "url")
			wantSame(t, "exports", found(t, r.ExportsOf, s.ID), []*stack.Export{&export})
			return errorOf(err, err2)
		})
	},
	"a put replaces": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.put(t, s)
		s.Status, s.Operation = stack.DeleteFailed, nil
		c, g, r := NewChangeSet(s, "one"), NewStackGoal(s, 1), NewStackResource(s, "A")
		replace := func(tx stack.Tx) error {
			return errorOf(tx.PutStack(s), tx.PutChangeSet(c), tx.PutStackGoal(g), tx.PutStackResource(r))
		}
		p.write(t, replace)
		c.Reason, g.Text, r.Reason = "another", "another", "another"
		p.write(t, replace)
		p.read(t, func(reader stack.Reader) error {
			wantSame(t, "stack", found(t, reader.Stack, s.ID), s)
			wantSame(t, "change sets", found(t, reader.ChangeSets, s.ID), []*stack.ChangeSet{c})
			wantSame(t, "resources", found(t, reader.StackResources, s.ID), []*stack.Resource{r})
			goal, err := reader.StackGoal(s.ID, 1)
			wantSame(t, "goal", goal, g)
			return err
		})
	},
	"what is missing is not found": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.put(t, s)
		for noun, read := range map[string]func(r stack.Reader) error{
			"stack":      func(r stack.Reader) error { _, err := r.Stack("gone"); return err },
			"goal":       func(r stack.Reader) error { _, err := r.StackGoal(s.ID, 1); return err },
			"change set": func(r stack.Reader) error { _, err := r.ChangeSet("gone"); return err },
			"export":     func(r stack.Reader) error { _, err := r.Export(scope, "gone"); return err },
		} {
			wantFault(t, p.ReadStacks(t.Context(), read), fault.NotFound, noun)
		}
		wantFault(t, p.ReadStacks(t.Context(), func(r stack.Reader) error { _, err := r.StackNamed(scope, "gone"); return err }), fault.NotFound, "stack")
		wantFault(t, p.WriteStacks(t.Context(), func(tx stack.Tx) error { return tx.DeleteChangeSet("gone") }), fault.NotFound, "change set")
		p.write(t, func(tx stack.Tx) error { return tx.DropStackResource(s.ID, "gone") })
	},
	"a deleted stack leaves its name to another": func(t *testing.T, p *stackPlace) {
		gone, next := NewStack("shop"), NewStack("shop")
		gone.Status, next.ID, next.Created = stack.DeleteComplete, next.ID+"next", when.Add(time.Second)
		p.put(t, gone)
		p.put(t, next)
		p.read(t, func(r stack.Reader) error {
			named, err := r.StackNamed(scope, "shop")
			wantSame(t, "the one of the name", named, next)
			wantSame(t, "the deleted one", found(t, r.Stack, gone.ID), gone)
			return err
		})
		second := NewStack("shop")
		second.ID += "second"
		if err := p.WriteStacks(t.Context(), func(tx stack.Tx) error { return tx.PutStack(second) }); err == nil {
			t.Error("two stacks have a name")
		}
	},
	"a list has the newest first, from behind a stack, with those that are deleted or without": func(t *testing.T, p *stackPlace) {
		for i, name := range []string{"a", "b", "c", "d"} {
			s := NewStack(name)
			s.Created = when.Add(time.Duration(i/2) * time.Second) // two at a time
			if name == "c" {
				s.Status = stack.DeleteComplete
			}
			p.put(t, s)
		}
		p.read(t, func(r stack.Reader) error {
			count, err := r.CountStacks(scope)
			wantSame(t, "how many are live", count, 3)
			return err
		})
		wantSame(t, "all", p.names(t, scope, false, "", 0), []string{"d", "c", "b", "a"})
		wantSame(t, "the live ones", p.names(t, scope, true, "", 0), []string{"d", "b", "a"})
		wantSame(t, "behind d", p.names(t, scope, true, NewStack("d").ID, 1), []string{"b"})
		wantSame(t, "behind b", p.names(t, scope, false, NewStack("b").ID, 0), []string{"a"})
	},
	"running stacks are found in all scopes": func(t *testing.T, p *stackPlace) {
		var want []*stack.Stack
		for i, s := range scopes {
			running := stackIn(s, fmt.Sprint(i))
			running.Status = stack.UpdateInProgress
			p.put(t, running, stackIn(s, "idle"))
			want = append(want, running)
		}
		p.read(t, func(r stack.Reader) error {
			running, err := r.RunningStacks()
			wantSame(t, "number", len(running), len(want))
			return err
		})
		for i, s := range scopes {
			wantSame(t, "its own", p.names(t, s, true, "", 0), []string{"idle", fmt.Sprint(i)})
		}
	},
	"goals but those that are kept are dropped": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.put(t, s)
		p.write(t, func(tx stack.Tx) error {
			return errorOf(tx.PutStackGoal(NewStackGoal(s, 1)), tx.PutStackGoal(NewStackGoal(s, 2)), tx.PutStackGoal(NewStackGoal(s, 3)), tx.DropStackGoals(s.ID, 2, 3))
		})
		for number, want := range []bool{1: false, 2: true, 3: true} {
			err := p.ReadStacks(t.Context(), func(r stack.Reader) error { _, err := r.StackGoal(s.ID, number); return err })
			wantSame(t, fmt.Sprint("there is ", number), err == nil, want)
		}
	},
	"resources are in their order, and dropped": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.put(t, s)
		p.write(t, func(tx stack.Tx) error {
			return errorOf(tx.PutStackResource(NewStackResource(s, "B")), tx.PutStackResource(NewStackResource(s, "A")), tx.PutStackResource(NewStackResource(s, "C")),
				tx.DropStackResource(s.ID, "A"))
		})
		p.read(t, func(r stack.Reader) error {
			wantSame(t, "resources", found(t, r.StackResources, s.ID), []*stack.Resource{NewStackResource(s, "B"), NewStackResource(s, "C")})
			return nil
		})
	},
	"events have rising numbers in each stack and are listed backwards": func(t *testing.T, p *stackPlace) {
		one, two := NewStack("one"), NewStack("two")
		p.put(t, one, two)
		for _, id := range []string{"a", "b", "c"} {
			p.write(t, func(tx stack.Tx) error {
				return errorOf(tx.AddStackEvent(NewStackEvent(one, id)), tx.AddStackEvent(NewStackEvent(two, id)))
			})
		}
		p.read(t, func(r stack.Reader) error {
			events, err := r.StackEvents(one.ID, 3, 1)
			wantSame(t, "number", len(events), 1)
			wantSame(t, "the one below 3", events[0].ID, "b")
			all, err2 := r.StackEvents(two.ID, 0, 0)
			wantSame(t, "the number of all", len(all), 3)
			wantSame(t, "the newest", all[0].Number, int64(3))
			return errorOf(err, err2)
		})
	},
	"change sets are in the order in which they were made, and deleted": func(t *testing.T, p *stackPlace) {
		s := NewStack("shop")
		p.put(t, s)
		for i, name := range []string{"c", "b", "a"} {
			c := NewChangeSet(s, name)
			c.Created = when.Add(time.Duration(i) * time.Second)
			p.write(t, func(tx stack.Tx) error { return tx.PutChangeSet(c) })
		}
		p.write(t, func(tx stack.Tx) error { return tx.DeleteChangeSet(NewChangeSet(s, "b").ID) })
		p.read(t, func(r stack.Reader) error {
			var names []string
			for _, c := range found(t, r.ChangeSets, s.ID) {
				names = append(names, c.Name)
			}
			wantSame(t, "names", names, []string{"c", "a"})
			return nil
		})
	},
	"exports are set all at once, and one name is one stack's": func(t *testing.T, p *stackPlace) {
		one, two := NewStack("one"), NewStack("two")
		p.put(t, one, two)
		p.write(t, func(tx stack.Tx) error {
			return tx.SetStackExports(one.ID, []stack.Export{newExport(one, "b"), newExport(one, "a")})
		})
		if err := p.WriteStacks(t.Context(), func(tx stack.Tx) error { return tx.SetStackExports(two.ID, []stack.Export{newExport(two, "a")}) }); err == nil {
			t.Error("two stacks export a name")
		}
		p.write(t, func(tx stack.Tx) error {
			return tx.SetStackExports(one.ID, []stack.Export{newExport(one, "c"), newExport(one, "b")})
		})
		p.write(t, func(tx stack.Tx) error { return tx.SetStackExports(two.ID, []stack.Export{newExport(two, "a")}) })
		b, c := newExport(one, "b"), newExport(one, "c")
		p.read(t, func(r stack.Reader) error {
			behind, err := r.Exports(scope, "a", 1)
			wantSame(t, "those behind a", behind, []*stack.Export{&b})
			export, err2 := r.Export(scope, "c")
			wantSame(t, "c", export, &c)
			elsewhere, err3 := r.Exports(function.Scope{Account: scope.Account, Region: "ap-south-1"}, "", 0)
			wantSame(t, "the number of those of another region", len(elsewhere), 0)
			return errorOf(err, err2, err3)
		})
	},
	"importers are known by name": func(t *testing.T, p *stackPlace) {
		one, two := NewStack("one"), NewStack("two")
		p.put(t, one, two)
		p.write(t, func(tx stack.Tx) error {
			return errorOf(tx.SetStackImports(two, []string{"a", "b"}), tx.SetStackImports(one, []string{"a"}), tx.SetStackImports(two, []string{"a", "c"}))
		})
		p.read(t, func(r stack.Reader) error {
			for export, want := range map[string][]string{"a": {"one", "two"}, "b": nil, "c": {"two"}} {
				names, err := r.Importers(scope, export)
				wantSame(t, export, names, want)
				if err != nil {
					return err
				}
			}
			return nil
		})
	},
}

func (p *stackPlace) put(t *testing.T, stacks ...*stack.Stack) {
	t.Helper()
	for _, s := range stacks {
		p.write(t, func(tx stack.Tx) error { return tx.PutStack(s) })
	}
}

func (p *stackPlace) write(t *testing.T, write func(stack.Tx) error) {
	t.Helper()
	if err := p.WriteStacks(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *stackPlace) read(t *testing.T, read func(stack.Reader) error) {
	t.Helper()
	if err := p.ReadStacks(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

func (p *stackPlace) names(t *testing.T, s function.Scope, live bool, after string, limit int) (names []string) {
	t.Helper()
	p.read(t, func(r stack.Reader) error {
		stacks, err := r.Stacks(s, live, after, limit)
		for _, each := range stacks {
			names = append(names, each.Name)
		}
		return err
	})
	return names
}

// found reads what must be there.
func found[K, T any](t *testing.T, read func(K) (T, error), id K) T {
	t.Helper()
	value, err := read(id)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
