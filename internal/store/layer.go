package store

import (
	"context"
	"math"

	"sluice/internal/function"
	"sluice/internal/layer"
)

var _ layer.Store = (*Store)(nil)

// ReadLayers implements layer.Store.
func (s *Store) ReadLayers(ctx context.Context, read func(layer.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteLayers implements layer.Store.
func (s *Store) WriteLayers(ctx context.Context, write func(layer.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Layer implements layer.Reader.
func (t *tx) Layer(id layer.ID) (*layer.Layer, error) {
	l := &layer.Layer{}
	found, err := t.document("SELECT document FROM layers WHERE account = ? AND region = ? AND name = ?",
		[]any{id.Account, id.Region, id.Name}, l)
	if err == nil && !found {
		err = noSuch("layer", id.ARN())
	}
	return l, err
}

// Layers implements layer.Reader.
func (t *tx) Layers(scope function.Scope, after string, limit int) ([]*layer.Layer, error) {
	return documents[layer.Layer](t, "SELECT document FROM layers WHERE account = ? AND region = ? AND name > ? ORDER BY name LIMIT ?",
		scope.Account, scope.Region, after, limited(limit))
}

// LayerVersion implements layer.Reader.
func (t *tx) LayerVersion(id layer.ID, number int) (*layer.Version, error) {
	v := &layer.Version{}
	found, err := t.document("SELECT document FROM layer_versions WHERE account = ? AND region = ? AND layer = ? AND number = ?",
		[]any{id.Account, id.Region, id.Name, number}, v)
	if err == nil && !found {
		err = noSuch("layer version", id.VersionARN(number))
	}
	return v, err
}

// LayerVersions implements layer.Reader.
func (t *tx) LayerVersions(id layer.ID, below, limit int) ([]*layer.Version, error) {
	if below == 0 {
		below = math.MaxInt64
	}
	return documents[layer.Version](t, "SELECT document FROM layer_versions "+
		"WHERE account = ? AND region = ? AND layer = ? AND number < ? ORDER BY number DESC LIMIT ?",
		id.Account, id.Region, id.Name, below, limited(limit))
}

// PutLayer implements layer.Tx.
func (t *tx) PutLayer(l *layer.Layer) error {
	return t.put(l, "INSERT INTO layers (document, account, region, name) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document", l.ID.Account, l.ID.Region, l.ID.Name)
}

// PutLayerVersion implements layer.Tx.
func (t *tx) PutLayerVersion(v *layer.Version) error {
	err := t.put(v, "INSERT INTO layer_versions (document, account, region, layer, number) VALUES (?, ?, ?, ?, ?) "+
		"ON CONFLICT (account, region, layer, number) DO UPDATE SET document = excluded.document",
		v.Layer.Account, v.Layer.Region, v.Layer.Name, v.Number)
	if err != nil {
		return err
	}
	return t.setCode(ownerOfLayer(v.Layer, v.Number), v.Code.SHA256)
}

// DeleteLayerVersion implements layer.Tx.
func (t *tx) DeleteLayerVersion(id layer.ID, number int) error {
	deleted, err := t.exec("DELETE FROM layer_versions WHERE account = ? AND region = ? AND layer = ? AND number = ?",
		id.Account, id.Region, id.Name, number)
	if err == nil && deleted == 0 {
		return noSuch("layer version", id.VersionARN(number))
	}
	if err != nil {
		return err
	}
	return t.setCode(ownerOfLayer(id, number))
}
