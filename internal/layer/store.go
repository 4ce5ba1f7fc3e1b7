package layer

import (
	"context"

	"sluice/internal/function"
)

// Store keeps layers and their versions. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadLayers(ctx context.Context, read func(Reader) error) error
	WriteLayers(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. A limit of 0 means no limit.
type Reader interface {
	// Layer returns a layer, even if it has no version any more. Error: fault.NotFound "layer".
	Layer(id ID) (*Layer, error)
	// Layers lists layers by name, those after a name.
	Layers(scope function.Scope, after string, limit int) ([]*Layer, error)
	// LayerVersion returns a version. Error: fault.NotFound "layer version".
	LayerVersion(id ID, number int) (*Version, error)
	// LayerVersions lists versions, the newest first, those below a number; 0 means all.
	LayerVersions(id ID, below, limit int) ([]*Version, error)
}

// Tx reads and writes. Put creates or replaces the record with the same key.
type Tx interface {
	Reader
	PutLayer(l *Layer) error
	// PutLayerVersion puts a version of a layer that is there when the closure ends.
	PutLayerVersion(v *Version) error
	// DeleteLayerVersion deletes a version. Error: fault.NotFound "layer version".
	DeleteLayerVersion(id ID, number int) error
}
