package stack

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// exports is a store of nothing but exports; it may fail.
type exports struct {
	Store
	Reader
	values map[string]string
	err    error
}

func (e exports) ReadStacks(_ context.Context, read func(Reader) error) error { return read(e) }

func (e exports) Export(_ function.Scope, name string) (*Export, error) {
	value, there := e.values[name]
	switch {
	case e.err != nil:
		return nil, e.err
	case !there:
		return nil, fault.Errorf(fault.NotFound, "export", "no row")
	}
	return &Export{Name: name, Value: value}, nil
}

// parameters are those of SSM, by name; with fails each look-up fails.
type parameters struct {
	values map[string]string
	fails  error
}

func (p parameters) StackParameter(_ context.Context, _ function.Scope, name string, _ int64) (string, error) {
	value, there := p.values[name]
	switch {
	case p.fails != nil:
		return "", p.fails
	case !there:
		return "", fault.Errorf(fault.NotFound, "parameter", "There is no parameter %s", name)
	}
	return value, nil
}

func TestAnswersFromOutside(t *testing.T) {
	s := New(Config{Store: exports{values: map[string]string{"e": "value"}}, Parameters: parameters{values: map[string]string{"/p": "stored"}}})
	for name, tt := range map[string]struct {
		q       question
		want    string
		refusal string
	}{
		"an export":                       {question{export: true, name: "e"}, "value", ""},
		"an export that there is not":     {question{export: true, name: "f"}, "", "No export named f found."},
		"a parameter":                     {question{name: "/p"}, "stored", ""},
		"a parameter that there is not":   {question{name: "/q"}, "", "There is no parameter /q"},
		"a parameter of an export's name": {question{name: "e"}, "", "There is no parameter e"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := s.answer(t.Context(), function.Scope{}, tt.q)
			if got != tt.want || (err == nil) != (tt.refusal == "") || err != nil && err.Error() != tt.refusal {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	t.Run("a parameter where there are none", func(t *testing.T) {
		_, err := New(Config{}).answer(t.Context(), function.Scope{}, question{name: "/p"})
		if !fault.Is(err, fault.Invalid, "parameter") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestLearning(t *testing.T) {
	closed := fault.Errorf(fault.Unavailable, "store", "the store is closed")
	e, p := question{export: true, name: "e"}, question{name: "/p"}
	for name, tt := range map[string]struct {
		cfg  Config
		want map[question]*string
		err  error
	}{
		"all is there": {
			Config{Store: exports{values: map[string]string{"e": "1"}}, Parameters: parameters{values: map[string]string{"/p": "2"}}},
			map[question]*string{e: new("1"), p: new("2")}, nil,
		},
		"nothing is there":            {Config{Store: exports{}, Parameters: parameters{}}, map[question]*string{e: nil, p: nil}, nil},
		"the store is closed":         {Config{Store: exports{err: closed}, Parameters: parameters{}}, nil, closed},
		"the parameters can't be had": {Config{Store: exports{}, Parameters: parameters{fails: closed}}, nil, closed},
	} {
		t.Run(name, func(t *testing.T) {
			known := map[question]*string{}
			err := New(tt.cfg).learn(t.Context(), function.Scope{}, known, []question{e, p})
			if !errors.Is(err, tt.err) || tt.err == nil && !reflect.DeepEqual(known, tt.want) {
				t.Errorf("known are %v, %v", known, err)
			}
		})
	}
	t.Run("there are no parameters at all", func(t *testing.T) {
		if err := New(Config{}).learn(t.Context(), function.Scope{}, map[question]*string{}, []question{p}); !fault.Is(err, fault.Invalid, "parameter") {
			t.Errorf("the error is %v", err)
		}
	})
}
