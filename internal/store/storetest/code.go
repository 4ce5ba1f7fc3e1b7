package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/function"
	"sluice/internal/layer"
)

// CodeStore is a store of all whose code lies in blobs.
type CodeStore interface {
	BucketStore
	function.Store
	layer.Store
}

// Code runs the suite of what functions and layers have to do with blobs. prepare makes an empty place for records, as for
// Functions.
func Code(t *testing.T, prepare func(t *testing.T) (open func() CodeStore)) {
	for name, tt := range codeTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			s := open()
			began := time.Now()
			for _, step := range tt.steps {
				if err := step(t, s); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			p := &bucketPlace{open(), nil}
			wantSame(t, "in use", p.inUse(t, "a", "b", "c", "d", ""), tt.used)
			released := p.released(t, time.Now().Add(time.Second), 0)
			slices.Sort(released)
			wantSame(t, "released", fmt.Sprint(released), fmt.Sprint(tt.released))
			if early := p.released(t, began.Add(-time.Second), 0); len(early) > 0 {
				t.Errorf("%v were released before they were used no more", early)
			}
		})
	}
}

type codeStep func(t *testing.T, s CodeStore) error

var codeTests = map[string]struct {
	steps          []codeStep
	used, released []string
}{
	"a function's package and layers are used": {[]codeStep{putCode("f", "a", "b", "c")}, []string{"a", "b", "c"}, nil},
	"a package that is its own layer is used":  {[]codeStep{putCode("f", "a", "a")}, []string{"a"}, nil},
	"no package is none":                       {[]codeStep{putCode("f", "")}, nil, nil},
	"a package that is replaced is released":   {[]codeStep{putCode("f", "a", "b"), putCode("f", "c", "b")}, []string{"b", "c"}, []string{"a"}},
	"a layer that is left out is released":     {[]codeStep{putCode("f", "a", "b", "c"), putCode("f", "a", "c")}, []string{"a", "c"}, []string{"b"}},
	"one that is put as it is releases nothing": {
		[]codeStep{putCode("f", "a", "b"), putCode("f", "a", "b")}, []string{"a", "b"}, nil,
	},
	"a version keeps what $LATEST had": {
		[]codeStep{putCode("f", "a", "b"), putVersionCode("f", 1, "a", "b"), putCode("f", "c")}, []string{"a", "b", "c"}, []string{"a", "b"},
	},
	"a version that is deleted releases it": {
		[]codeStep{putCode("f", "c"), putVersionCode("f", 1, "a", "b"), putVersionCode("f", 2, "b"), deleteVersionCode("f", 1)}, []string{"b", "c"}, []string{"a", "b"},
	},
	"a function that is deleted releases all of its versions": {
		[]codeStep{putCode("f", "a", "b"), putVersionCode("f", 1, "c"), putVersionCode("f", 2, "d"), putCode("other", "d"), deleteCode("f")},
		[]string{"d"}, []string{"a", "b", "c", "d"},
	},
	"one that comes again uses it again": {[]codeStep{putCode("f", "a"), deleteCode("f"), putCode("f", "a")}, []string{"a"}, []string{"a"}},
	"a layer's version is used":          {[]codeStep{putLayerCode("l", 1, "a"), putLayerCode("l", 2, "b")}, []string{"a", "b"}, nil},
	"a layer's version that is deleted is released": {
		[]codeStep{putLayerCode("l", 1, "a"), putLayerCode("l", 2, "b"), deleteLayerCode("l", 1)}, []string{"b"}, []string{"a"},
	},
	"a function keeps a layer that is deleted": {
		[]codeStep{putLayerCode("l", 1, "a"), putCode("f", "b", "a"), deleteLayerCode("l", 1)}, []string{"a", "b"}, []string{"a"},
	},
	"a layer and a function of one name are two": {
		[]codeStep{putLayerCode("f", 1, "a"), putCode("f", "b"), deleteCode("f")}, []string{"a"}, []string{"b"},
	},
	"what fails changes nothing": {
		[]codeStep{putCode("f", "a"), func(t *testing.T, s CodeStore) error {
			_ = s.WriteFunctions(t.Context(), func(tx function.Tx) error {
				return errorOf(tx.PutFunction(withCode("f", "b")), fmt.Errorf("on second thoughts"))
			})
			return nil
		}}, []string{"a"}, nil,
	},
	"what lies in a bucket as well is used": {
		[]codeStep{putCode("f", "blob a"), func(t *testing.T, s CodeStore) error {
			return s.WriteBuckets(t.Context(), func(tx bucket.Tx) error {
				return errorOf(tx.PutBucket(NewBucket("b")), tx.PutObject(NewObject("b", "k", "a", 1)))
			})
		}, deleteCode("f")}, nil, []string{"blob a"},
	},
}

func withCode(name, sum string, layers ...string) *function.Function {
	f := &function.Function{ID: function.ID{Scope: scope, Name: name}}
	f.Latest = function.Version{Function: f.ID, Code: function.Code{SHA256: sum}}
	for _, l := range layers {
		f.Latest.Config.Layers = append(f.Latest.Config.Layers, function.Layer{Code: function.Code{SHA256: l}})
	}
	return f
}

func putCode(name, sum string, layers ...string) codeStep {
	return onFunctions(func(tx function.Tx) error { return tx.PutFunction(withCode(name, sum, layers...)) })
}

func putVersionCode(name string, n function.Number, sum string, layers ...string) codeStep {
	v := withCode(name, sum, layers...).Latest
	v.Number = n
	return onFunctions(func(tx function.Tx) error { return tx.PutVersion(&v) })
}

func deleteVersionCode(name string, n function.Number) codeStep {
	return onFunctions(func(tx function.Tx) error { return tx.DeleteVersion(function.ID{Scope: scope, Name: name}, n) })
}

func deleteCode(name string) codeStep {
	return onFunctions(func(tx function.Tx) error { return tx.DeleteFunction(function.ID{Scope: scope, Name: name}) })
}

func onFunctions(write func(function.Tx) error) codeStep {
	return func(t *testing.T, s CodeStore) error { return s.WriteFunctions(t.Context(), write) }
}

func putLayerCode(name string, number int, sum string) codeStep {
	id := layer.ID{Scope: scope, Name: name}
	return func(t *testing.T, s CodeStore) error {
		return s.WriteLayers(t.Context(), func(tx layer.Tx) error {
			return errorOf(tx.PutLayer(&layer.Layer{ID: id}), tx.PutLayerVersion(&layer.Version{Layer: id, Number: number, Code: function.Code{SHA256: sum}}))
		})
	}
}

func deleteLayerCode(name string, number int) codeStep {
	return func(t *testing.T, s CodeStore) error {
		return s.WriteLayers(t.Context(), func(tx layer.Tx) error {
			return tx.DeleteLayerVersion(layer.ID{Scope: scope, Name: name}, number)
		})
	}
}
