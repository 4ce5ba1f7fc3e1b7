package resourcetest

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

// Life is what a resource of a type goes through: it is made, changed in place, replaced and deleted. In texts that are
// wanted, * stands for anything.
type Life struct {
	Type       string
	Properties Object
	// Ref and Attributes are what creation answers, Attributes all that the type has for GetAtt.
	Ref        string
	Attributes map[string]string
	// Look shows the resource of a Ref. It fails with the code Gone once the resource is deleted, or shows nothing if that is empty.
	Look func(ref string) Look
	Gone string
	// Shown is what is seen of the resource, Changes what the template changes then, and Changed what is seen of it after.
	Shown, Changes, Changed Object
	// Replacement are properties that need another resource, beside which the first lives on for a while; nil if there are none.
	Replacement Object
	// Repeated tells that a repeated order finds what the first has made.
	Repeated bool
}

// Look is a call that shows a resource, and the way to it in the answer.
type Look struct {
	Service, Operation string
	In                 Object
	At                 []any
}

// Live has resources live, each in a test of its type's name and one after another.
func (f *Fixture) Live(t *testing.T, lives ...Life) {
	for _, each := range lives {
		t.Run(strings.ReplaceAll(strings.TrimPrefix(each.Type, "AWS::"), "::", " "), func(t *testing.T) {
			own := *f
			own.T = t
			(&living{Life: each, f: &own}).live()
		})
	}
}

// living is a resource that lives.
type living struct {
	Life
	f     *Fixture
	order *stack.Order // of the resource as it is now
}

func (l *living) live() {
	l.create()
	l.see("a new one", l.order.PhysicalID, l.Shown)
	if l.Repeated {
		l.repeat()
	}
	if l.Changes != nil {
		l.update()
		l.see("a changed one", l.order.PhysicalID, l.Changed)
	}
	if l.Replacement != nil {
		l.replace()
	}
	l.f.Delete(l.order)
	l.gone(l.order.PhysicalID)
}

// logicalID is the last part of the type.
func (l *living) logicalID() string { return l.Type[strings.LastIndexByte(l.Type, ':')+1:] }

func (l *living) create() {
	l.f.T.Helper()
	l.order = l.f.Order(l.logicalID(), l.Type, l.Properties)
	made := l.f.Create(l.order)
	l.fits("the Ref", made.PhysicalID, l.Ref)
	schema, _ := l.f.Provider.Schema(l.Type)
	if got := slices.Sorted(maps.Keys(made.Attributes)); !slices.Equal(got, slices.Sorted(slices.Values(schema.Attributes))) {
		l.f.T.Errorf("it has the attributes %v, want %v", got, schema.Attributes)
	}
	for name, got := range made.Attributes {
		l.fits("the attribute "+name, got, l.Attributes[name])
	}
}

func (l *living) repeat() {
	l.f.T.Helper()
	again := l.f.Order(l.logicalID(), l.Type, l.Properties)
	again.Repeated = true
	l.f.Equal("the Ref of a repeated order", l.f.Create(again).PhysicalID, l.order.PhysicalID)
}

// update changes the resource. What a change says that needs another resource is a mistake of the table.
func (l *living) update() {
	l.f.T.Helper()
	for name := range l.Changes {
		if l.replacing(name) {
			l.f.T.Errorf("%s needs a replacement", name)
		}
	}
	l.order = l.f.Change(l.order, l.Changes)
	l.f.Equal("the Ref after an update", l.f.Update(l.order).PhysicalID, l.order.PhysicalID)
}

// replace makes another resource beside the first, and then deletes that.
func (l *living) replace() {
	l.f.T.Helper()
	for name := range l.Replacement {
		if !l.replacing(name) {
			l.f.T.Errorf("%s needs no replacement", name)
		}
	}
	before := l.order
	next := l.f.Change(before, l.Replacement)
	next.PhysicalID, next.Old, next.Attributes = "app-"+l.logicalID()+"-BA9876543210", nil, nil
	l.order = next
	if ref := l.f.Create(next).PhysicalID; ref == before.PhysicalID {
		l.f.T.Errorf("the replacement is %s as well", ref)
	}
	l.f.Delete(before)
	l.gone(before.PhysicalID)
	l.see("the replacement", next.PhysicalID, Object{})
}

func (l *living) replacing(name string) bool {
	schema, _ := l.f.Provider.Schema(l.Type)
	p := schema.Properties[name]
	return p != nil && p.Replaces
}

// see checks members of what is shown, which are named by the way to them: a.b.0.
func (l *living) see(what, ref string, want Object) {
	l.f.T.Helper()
	if l.Look == nil {
		return
	}
	look := l.Look(ref)
	shown := At(l.f.Call(look.Service, look.Operation, look.In), look.At...)
	if shown == nil {
		l.f.T.Errorf("%s is not shown", what)
	}
	for way, value := range want {
		if got := at(shown, way); fmt.Sprint(got) != fmt.Sprint(value) {
			l.f.T.Errorf("%s has %v as %s, want %v", what, got, way, value)
		}
	}
}

func (l *living) gone(ref string) {
	l.f.T.Helper()
	if l.Look == nil {
		return
	}
	look := l.Look(ref)
	out, err := l.f.Try(look.Service, look.Operation, look.In)
	var refused *wire.Error
	switch {
	case err == nil && l.Gone == "" && At(out, look.At...) == nil:
	case errors.As(err, &refused) && refused.Code == l.Gone:
	default:
		l.f.T.Errorf("of what is deleted there is %v, %v, want %s", out, err, l.Gone)
	}
}

func (l *living) fits(what string, got any, want string) {
	l.f.T.Helper()
	pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(want), `\*`, ".+") + "$"
	if !regexp.MustCompile(pattern).MatchString(fmt.Sprint(got)) {
		l.f.T.Errorf("%s is %v, want %s", what, got, want)
	}
}
