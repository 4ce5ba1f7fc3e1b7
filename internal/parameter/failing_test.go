package parameter_test

import (
	"context"
	"errors"
	"testing"

	"sluice/internal/function"
	"sluice/internal/parameter"
)

var errDisk = errors.New("the disk is broken")

// failing is a store that can be opened and not read.
type failing struct{ parameter.Tx }

func (f failing) ReadParameters(_ context.Context, read func(parameter.Reader) error) error {
	return read(f)
}
func (f failing) WriteParameters(_ context.Context, write func(parameter.Tx) error) error {
	return write(f)
}

func (failing) Parameter(parameter.ID) (*parameter.Parameter, error) { return nil, errDisk }

func (failing) Parameters(function.Scope, string, string, int) ([]*parameter.Parameter, error) {
	return nil, errDisk
}

// brittle is a store whose parameters can be read, and not their versions.
type brittle struct{ failing }

func (b brittle) ReadParameters(_ context.Context, read func(parameter.Reader) error) error {
	return read(b)
}
func (b brittle) WriteParameters(_ context.Context, write func(parameter.Tx) error) error {
	return write(b)
}

func (brittle) Parameter(id parameter.ID) (*parameter.Parameter, error) {
	return &parameter.Parameter{ID: id, Latest: parameter.Version{Number: 2}, Labels: map[string]int64{"live": 1}}, nil
}

func (brittle) ParameterVersion(parameter.ID, int64) (*parameter.Version, error) { return nil, errDisk }

func (brittle) ParameterVersions(parameter.ID, int64, int) ([]*parameter.Version, error) {
	return nil, errDisk
}

// A store that fails is no parameter that isn't there: the caller is told of the failure, and nothing is written.
func TestFailuresOfTheStoreAreTold(t *testing.T) {
	ctx := t.Context()
	get := func(s *parameter.Service, text string) error {
		ref, err := parameter.ParseReference(scope, text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Get(ctx, ref, false)
		return err
	}
	s, brittle := parameter.NewService(failing{}, newSealer(t, 1)), parameter.NewService(brittle{}, newSealer(t, 1))
	for name, do := range map[string]func() error{
		"Get":                 func() error { return get(s, "rate") },
		"Get by an ARN":       func() error { return get(s, "arn:aws:ssm:eu-central-1:123456789012:parameter/rate") },
		"Get a version":       func() error { return get(brittle, "rate:1") },
		"Get a label":         func() error { return get(brittle, "rate:live") },
		"History":             func() error { _, _, err := s.History(ctx, id("rate"), 0, 1, true); return err },
		"History of versions": func() error { _, _, err := brittle.History(ctx, id("rate"), 0, 1, true); return err },
		"Put": func() error {
			_, err := s.Put(ctx, parameter.Change{ID: id("rate"), Value: "1", Type: parameter.String})
			return err
		},
		"Delete":          func() error { return s.Delete(ctx, id("rate")) },
		"List":            func() error { _, _, err := s.List(ctx, scope, parameter.Query{}, "", 1, true); return err },
		"Label":           func() error { _, _, err := s.Label(ctx, id("rate"), 0, nil); return err },
		"Label a version": func() error { _, _, err := brittle.Label(ctx, id("rate"), 1, []string{"a"}); return err },
		"Unlabel":         func() error { _, _, err := s.Unlabel(ctx, id("rate"), 1, nil); return err },
		"Tag":             func() error { return s.Tag(ctx, id("rate"), nil) },
		"Untag":           func() error { return s.Untag(ctx, id("rate"), nil) },
		"Tags":            func() error { _, err := s.Tags(ctx, id("rate")); return err },
	} {
		t.Run(name, func(t *testing.T) {
			if err := do(); !errors.Is(err, errDisk) {
				t.Errorf("it tells of %v", err)
			}
		})
	}
}
