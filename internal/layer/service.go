package layer

import (
	"context"
	"slices"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Service is what may be done with layers. Its methods may be called by many goroutines at once.
type Service struct {
	store    Store
	packages Packages
}

// Packages keeps the contents of layers, as it does functions' packages.
type Packages interface {
	// Put returns after the package is on disk. One that can't be unpacked is fault.Invalid "package".
	Put(ctx context.Context, zip function.Content) (function.Code, error)
}

// NewService returns a Service. It starts nothing.
func NewService(store Store, packages Packages) *Service { return &Service{store, packages} }

// Publication asks for a layer's next version.
type Publication struct {
	Layer         ID
	Package       function.Content // a zip; needed
	Description   string
	License       string
	Runtimes      []string // as Version has them
	Architectures []string
}

// Publish makes the next version of a layer, and the layer with its first. The same content makes another version.
// Errors: fault.Denied "layer" for a layer of another account; fault.Invalid "package".
func (s *Service) Publish(ctx context.Context, caller function.Scope, p Publication) (*Version, error) {
	if err := own(caller, p.Layer); err != nil {
		return nil, err
	}
	code, err := s.packages.Put(ctx, p.Package)
	if err != nil {
		return nil, err
	}
	version := &Version{
		Layer: p.Layer, Code: code, Description: p.Description, License: p.License,
		Runtimes: slices.Clone(p.Runtimes), Architectures: slices.Clone(p.Architectures),
		Created: time.Now().UTC().Truncate(time.Microsecond), // as records keep it
	}
	err = s.store.WriteLayers(ctx, func(tx Tx) error {
		l, err := tx.Layer(p.Layer)
		if fault.Is(err, fault.NotFound, "layer") {
			l, err = &Layer{ID: p.Layer}, nil
		}
		if err != nil {
			return err
		}
		l.Published++
		version.Number = l.Published
		if err := tx.PutLayer(l); err != nil {
			return err
		}
		return tx.PutLayerVersion(version)
	})
	if err != nil {
		return nil, err
	}
	return version, nil
}

// Delete deletes a version. One that is not there is as good as deleted (recording test_layer_exceptions). Its content
// stays, for the functions that use it.
// Errors: fault.Denied "layer" for a layer of another account; fault.Invalid "layer version" for a number below 1.
func (s *Service) Delete(ctx context.Context, caller function.Scope, id ID, number int) error {
	if err := own(caller, id); err != nil {
		return err
	}
	if err := checkNumber(number); err != nil {
		return err
	}
	err := s.store.WriteLayers(ctx, func(tx Tx) error { return tx.DeleteLayerVersion(id, number) })
	if fault.Is(err, fault.NotFound, "layer version") {
		return nil
	}
	return err
}

// own refuses to change layers of other accounts, and of regions that the request was not signed for.
func own(caller function.Scope, id ID) error {
	if caller == id.Scope {
		return nil
	}
	return fault.Errorf(fault.Denied, "layer", "The layer %s is not in the account and region of the request.", id.ARN())
}

func checkNumber(number int) error {
	if number < 1 {
		return fault.Errorf(fault.Invalid, "layer version", "Layer Version Cannot be less than 1")
	}
	return nil
}
