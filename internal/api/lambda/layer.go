package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/layer"
)

func (a *api) publishLayerVersion(ctx context.Context, r *wire.Request, in *shape.PublishLayerVersionRequest) (*shape.PublishLayerVersionResponse, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	from := content{zip: in.Content.ZipFile, bucket: in.Content.S3Bucket, key: in.Content.S3Key, version: in.Content.S3ObjectVersion}
	if err := checkLayerContent(from, wire.Value(in.Content.S3ObjectStorageMode)); err != nil {
		return nil, err
	}
	code, err := a.open(ctx, r, from)
	if err != nil {
		return nil, err
	}
	defer func() { _ = code.Close() }()
	v, err := a.layers.Publish(ctx, scope(r), layer.Publication{
		Layer: id, Package: code, Description: wire.Value(in.Description), License: wire.Value(in.LicenseInfo),
		Runtimes: in.CompatibleRuntimes, Architectures: in.CompatibleArchitectures,
	})
	if err != nil {
		return nil, err
	}
	return (*shape.PublishLayerVersionResponse)(a.layerVersion(r, v)), nil
}

// checkLayerContent reports whether there is one content. The words are Sluice's: AWS's are not known.
func checkLayerContent(from content, mode string) error {
	switch {
	case from.zip != nil && from.inBucket():
		return fault.Errorf(fault.Invalid, "package", "Please do not provide other layer content when providing a ZipFile.")
	case !from.named():
		return fault.Errorf(fault.Invalid, "package", "Please provide a source for layer content.")
	case len(from.zip) > maxPackage:
		return fault.Errorf(fault.TooLarge, "package", "Zipped size must be smaller than %d bytes", maxPackage)
	}
	return refuseUnserved([]unserved{{mode == "REFERENCE", "layers that stay in their bucket (Content.S3ObjectStorageMode REFERENCE)"}})
}

// layerID returns the layer that a request names, by its name or its ARN.
func layerID(r *wire.Request, name *string) (layer.ID, error) {
	id, ok := layer.ParseName(wire.Value(name), scope(r))
	if !ok {
		return id, fault.Errorf(fault.Invalid, "layer", "%q is neither a layer's name nor its ARN.", wire.Value(name))
	}
	return id, nil
}

func (a *api) getLayerVersion(ctx context.Context, r *wire.Request, in *shape.GetLayerVersionRequest) (*shape.GetLayerVersionResponse, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	v, err := a.layers.Version(ctx, scope(r), id, int(wire.Value(in.VersionNumber)))
	if err != nil {
		return nil, err
	}
	return a.layerVersion(r, v), nil
}

func (a *api) getLayerVersionByArn(ctx context.Context, r *wire.Request, in *shape.GetLayerVersionByArnRequest) (*shape.GetLayerVersionResponse, error) {
	id, number, ok := layer.ParseARN(wire.Value(in.Arn))
	if !ok { // a layer of AWS's own, says the shape's pattern
		return nil, fault.Errorf(fault.NotFound, "layer version", "The resource you requested does not exist.")
	}
	v, err := a.layers.Version(ctx, scope(r), id, number)
	if err != nil {
		return nil, err
	}
	return a.layerVersion(r, v), nil
}

// layerVersion shows a version with where its content can be loaded, for ten minutes.
func (a *api) layerVersion(r *wire.Request, v *layer.Version) *shape.GetLayerVersionResponse {
	item := listedLayerVersion(v)
	location := a.downloads.location(r, v.Code.SHA256)
	return &shape.GetLayerVersionResponse{
		Content:  &shape.LayerVersionContentOutput{Location: &location, CodeSha256: &v.Code.SHA256, CodeSize: &v.Code.Size},
		LayerArn: new(v.Layer.ARN()), LayerVersionArn: item.LayerVersionArn, Description: item.Description, CreatedDate: item.CreatedDate,
		Version: item.Version, CompatibleArchitectures: item.CompatibleArchitectures, CompatibleRuntimes: item.CompatibleRuntimes,
		LicenseInfo: item.LicenseInfo,
	}
}

// listedLayerVersion is a version as lists show it: without its content.
func listedLayerVersion(v *layer.Version) *shape.LayerVersionsListItem {
	return &shape.LayerVersionsListItem{
		LayerVersionArn: new(v.ARN()), Version: new(int64(v.Number)), Description: &v.Description,
		CreatedDate: new(v.Created.UTC().Format(timeFormat)), CompatibleArchitectures: v.Architectures, CompatibleRuntimes: v.Runtimes,
		LicenseInfo: wire.Optional(v.License),
	}
}

func (a *api) listLayerVersions(ctx context.Context, r *wire.Request, in *shape.ListLayerVersionsRequest) (*shape.ListLayerVersionsResponse, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	versions, next, err := a.layers.Versions(ctx, scope(r), id, layerFilter(in.CompatibleRuntime, in.CompatibleArchitecture), page)
	if err != nil {
		return nil, err
	}
	shown := make([]shape.LayerVersionsListItem, 0, len(versions))
	for _, v := range versions {
		shown = append(shown, *listedLayerVersion(v))
	}
	return &shape.ListLayerVersionsResponse{LayerVersions: shown, NextMarker: marker(next)}, nil
}

func (a *api) listLayers(ctx context.Context, r *wire.Request, in *shape.ListLayersRequest) (*shape.ListLayersResponse, error) {
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	newest, next, err := a.layers.Layers(ctx, scope(r), layerFilter(in.CompatibleRuntime, in.CompatibleArchitecture), page)
	if err != nil {
		return nil, err
	}
	shown := make([]shape.LayersListItem, 0, len(newest))
	for _, v := range newest {
		shown = append(shown, shape.LayersListItem{
			LayerName: &v.Layer.Name, LayerArn: new(v.Layer.ARN()), LatestMatchingVersion: listedLayerVersion(v),
		})
	}
	return &shape.ListLayersResponse{Layers: shown, NextMarker: marker(next)}, nil
}

func layerFilter(runtime, architecture *string) layer.Filter {
	return layer.Filter{Runtime: wire.Value(runtime), Architecture: wire.Value(architecture)}
}

func (a *api) deleteLayerVersion(ctx context.Context, r *wire.Request, in *shape.DeleteLayerVersionRequest) (*apishape.Nothing, error) {
	id, err := layerID(r, in.LayerName)
	if err != nil {
		return nil, err
	}
	return nil, a.layers.Delete(ctx, scope(r), id, int(wire.Value(in.VersionNumber)))
}

// functionLayers returns the layer versions that a function is to have. A function that is not there is told first; an
// ID without a name is of one that is about to be.
func (a *api) functionLayers(ctx context.Context, r *wire.Request, id function.ID, arns []string) ([]function.Layer, error) {
	chosen, err := a.layers.Choose(ctx, scope(r), arns)
	if err == nil || id.Name == "" {
		return chosen, err
	}
	if _, missing := a.functions.Find(ctx, id, ""); missing != nil {
		return nil, missing
	}
	return nil, err
}

// layersOf shows a version's layers; without any, it shows no list.
func layersOf(c *function.Config) (shown []shape.Layer) {
	for _, l := range c.Layers {
		shown = append(shown, shape.Layer{Arn: &l.ARN, CodeSize: &l.Code.Size})
	}
	return shown
}
