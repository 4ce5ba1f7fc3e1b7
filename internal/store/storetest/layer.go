package storetest

import (
	"io"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/layer"
	"sluice/internal/policy"
)

// LayerStore is a layer.Store that can be closed. Close waits for what runs.
type LayerStore interface {
	layer.Store
	io.Closer
}

// NewLayer returns a layer with every field set.
func NewLayer(name string) *layer.Layer {
	return &layer.Layer{ID: layer.ID{Scope: scope, Name: name}, Published: 7}
}

// NewLayerVersion returns a layer's version with every field set.
func NewLayerVersion(id layer.ID, number int) *layer.Version {
	return &layer.Version{
		Layer: id, Number: number,
		Code:        function.Code{SHA256: "bGF5ZXIgb25lLCBwYWNrZWQgaW50byBhIHppcCBmaWxlIQ==", Size: 1 << 20, Unzipped: 1 << 21},
		Description: "what all share", License: "MIT", Runtimes: []string{"python3.12"}, Architectures: []string{"arm64"}, Created: when,
		Policy: policy.Document{RevisionID: "11111111-2222-4333-8444-555555555555", Statements: []policy.Statement{{
			Sid: "all", Principal: policy.Principal{Anyone: true}, Action: "lambda:GetLayerVersion", Resource: id.VersionARN(number),
			Conditions: []policy.Condition{{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Value: "o-1234567890"}},
		}}},
	}
}

// Layers runs the suite of layer.Store. prepare makes an empty place for records, as for Functions.
func Layers(t *testing.T, prepare func(t *testing.T) (open func() LayerStore)) {
	for name, test := range layerTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &layerPlace{open(), open})
		})
	}
}

// layerPlace holds the records of one test, and the store that is open on them.
type layerPlace struct {
	LayerStore
	open func() LayerStore
}

var layerTests = map[string]func(*testing.T, *layerPlace){
	"every field is kept, on disk": func(t *testing.T, p *layerPlace) {
		l := NewLayer("full")
		p.put(t, l, NewLayerVersion(l.ID, 1))
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.LayerStore = p.open()
		wantSame(t, "the layers", p.layers(t, scope, "", 0), []*layer.Layer{l})
		wantSame(t, "the versions", p.versions(t, l.ID, 0, 0), []*layer.Version{NewLayerVersion(l.ID, 1)})
	},
	"no list and an empty one are told apart": func(t *testing.T, p *layerPlace) {
		l := NewLayer("lists")
		none, empty := NewLayerVersion(l.ID, 1), NewLayerVersion(l.ID, 2)
		none.Runtimes, none.Architectures = nil, nil
		empty.Runtimes, empty.Architectures = []string{}, []string{}
		p.put(t, l, none, empty)
		wantSame(t, "the versions", p.versions(t, l.ID, 0, 0), []*layer.Version{empty, none})
	},
	"a put replaces": func(t *testing.T, p *layerPlace) {
		l := NewLayer("again")
		v := NewLayerVersion(l.ID, 1)
		p.put(t, l, v)
		l.Published, v.Policy = 8, policy.Document{}
		p.put(t, l, v)
		wantSame(t, "the layers", p.layers(t, scope, "", 0), []*layer.Layer{l})
		wantSame(t, "the versions", p.versions(t, l.ID, 0, 0), []*layer.Version{v})
	},
	"what is missing is not found": func(t *testing.T, p *layerPlace) {
		l := NewLayer("there")
		p.put(t, l, NewLayerVersion(l.ID, 1))
		wantFault(t, p.read(t, func(r layer.Reader) error { _, err := r.Layer(NewLayer("gone").ID); return err }), fault.NotFound, "layer")
		wantFault(t, p.read(t, func(r layer.Reader) error { _, err := r.LayerVersion(l.ID, 2); return err }), fault.NotFound, "layer version")
		p.delete(t, l.ID, 1)
		wantFault(t, p.WriteLayers(t.Context(), func(tx layer.Tx) error { return tx.DeleteLayerVersion(l.ID, 1) }), fault.NotFound, "layer version")
		wantSame(t, "the layer without versions", p.layers(t, scope, "", 0), []*layer.Layer{l})
	},
	"accounts and regions are apart": func(t *testing.T, p *layerPlace) {
		here := NewLayer("same")
		p.put(t, here, NewLayerVersion(here.ID, 1))
		for _, other := range []function.Scope{{Account: "000000000000", Region: scope.Region}, {Account: scope.Account, Region: "ap-south-1"}} {
			l := NewLayer("same")
			l.ID.Scope, l.Published = other, 2
			p.put(t, l, NewLayerVersion(l.ID, 1), NewLayerVersion(l.ID, 2))
			p.delete(t, l.ID, 1)
			wantSame(t, "there", p.layers(t, other, "", 0), []*layer.Layer{l})
		}
		wantSame(t, "here", p.layers(t, scope, "", 0), []*layer.Layer{here})
		wantSame(t, "the versions", p.numbers(t, here.ID, 0, 0), []int{1})
	},
	"layers are in the order of names": func(t *testing.T, p *layerPlace) {
		for _, name := range []string{"b", "a", "B", "c"} {
			p.put(t, NewLayer(name))
		}
		wantSame(t, "all", p.layerNames(t, "", 0), []string{"B", "a", "b", "c"})
		wantSame(t, "two behind B", p.layerNames(t, "B", 2), []string{"a", "b"})
	},
	"versions are in the order of numbers, backwards": func(t *testing.T, p *layerPlace) {
		l := NewLayer("many")
		for _, n := range []int{2, 10, 9, 1, 100} {
			p.put(t, l, NewLayerVersion(l.ID, n))
		}
		wantSame(t, "all", p.numbers(t, l.ID, 0, 0), []int{100, 10, 9, 2, 1})
		wantSame(t, "two below 100", p.numbers(t, l.ID, 100, 2), []int{10, 9})
	},
}

func (p *layerPlace) put(t *testing.T, l *layer.Layer, versions ...*layer.Version) {
	t.Helper()
	err := p.WriteLayers(t.Context(), func(tx layer.Tx) error {
		for _, v := range versions { // a version may come before its layer
			if err := tx.PutLayerVersion(v); err != nil {
				return err
			}
		}
		return tx.PutLayer(l)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (p *layerPlace) delete(t *testing.T, id layer.ID, number int) {
	t.Helper()
	if err := p.WriteLayers(t.Context(), func(tx layer.Tx) error { return tx.DeleteLayerVersion(id, number) }); err != nil {
		t.Fatal(err)
	}
}

func (p *layerPlace) read(t *testing.T, read func(layer.Reader) error) error {
	t.Helper()
	return p.ReadLayers(t.Context(), read)
}

func (p *layerPlace) layers(t *testing.T, s function.Scope, after string, limit int) (found []*layer.Layer) {
	t.Helper()
	err := p.read(t, func(r layer.Reader) (err error) { found, err = r.Layers(s, after, limit); return err })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *layerPlace) versions(t *testing.T, id layer.ID, below, limit int) (found []*layer.Version) {
	t.Helper()
	err := p.read(t, func(r layer.Reader) (err error) { found, err = r.LayerVersions(id, below, limit); return err })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *layerPlace) layerNames(t *testing.T, after string, limit int) (names []string) {
	t.Helper()
	for _, l := range p.layers(t, scope, after, limit) {
		names = append(names, l.ID.Name)
	}
	return names
}

func (p *layerPlace) numbers(t *testing.T, id layer.ID, below, limit int) (numbers []int) {
	t.Helper()
	for _, v := range p.versions(t, id, below, limit) {
		numbers = append(numbers, v.Number)
	}
	return numbers
}
