package s3

import (
	"context"
	"strings"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/bucket"
	"sluice/internal/stack"
)

// Buckets keeps buckets and what is set on them. *bucket.Service is one.
type Buckets interface {
	Create(ctx context.Context, p bucket.Place, settings map[string]string) error
	Delete(ctx context.Context, p bucket.Place) error
	Set(ctx context.Context, p bucket.Place, name, document string) error
	SetVersioning(ctx context.Context, p bucket.Place, v bucket.Versioning) error
}

// maxBucketName is how long a bucket's name may be, in characters.
const maxBucketName = 63

// keptOfBuckets are the properties that change nothing here.
var keptOfBuckets = []string{
	"AbacStatus", "AccelerateConfiguration", "AccessControl", "AnalyticsConfigurations", "BucketEncryption",
	"IntelligentTieringConfigurations", "InventoryConfigurations", "LifecycleConfiguration", "LoggingConfiguration", "MetadataConfiguration",
	"MetadataTableConfiguration", "MetricsConfigurations", "NotificationConfiguration", "ObjectLockConfiguration", "ObjectLockEnabled",
	"ReplicationConfiguration",
}

// bucketType is AWS::S3::Bucket. Its Ref is the bucket's name.
func bucketType(buckets Buckets) *resource.Type {
	s := storing{buckets}
	f := schema.Fields{"BucketName": schema.String(schema.Replaces), "Tags": schema.Tags(), "VersioningConfiguration": schema.Object(schema.Fields{"Status": schema.String(schema.Required)})}
	for _, name := range keptOfBuckets {
		f[name] = schema.Any(schema.Kept)
	}
	for name, d := range documents {
		f[name] = schema.Object(fieldsOf(d.parts), schema.Kept)
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type:       "AWS::S3::Bucket",
			Attributes: []string{"Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"},
			Properties: f,
		},
		Create: s.create, Find: s.find, Update: s.update, Delete: s.delete,
	}
}

// storing makes, changes and deletes buckets.
type storing struct{ buckets Buckets }

// place is a bucket of the stack's account and region.
func place(t *task, name string) bucket.Place {
	return bucket.Place{Scope: t.Scope(), Bucket: name}
}

func bucketName(t *task) string { return strings.ToLower(t.Name("BucketName", maxBucketName)) }

func (s storing) create(t *task) (*stack.Made, error) {
	name := bucketName(t)
	settings := map[string]string{}
	for property, d := range documents {
		if t.Has(property) {
			settings[d.setting] = d.text(t.Properties[property])
		}
	}
	settings[tagging.setting] = tagText(t)
	if err := inS3(s.buckets.Create(t.Context, place(t, name), settings)); err != nil {
		return nil, err
	}
	return bucketMade(t, name), s.version(t, name)
}

func (s storing) find(t *task) (*stack.Made, error) {
	return bucketMade(t, bucketName(t)), s.version(t, bucketName(t))
}

func (s storing) update(t *task) (*stack.Made, error) {
	for property, d := range documents {
		if !t.Changed(property) {
			continue
		}
		if err := inS3(s.buckets.Set(t.Context, place(t, t.PhysicalID), d.setting, d.text(t.Properties[property]))); err != nil {
			return nil, err
		}
	}
	if err := inS3(s.buckets.Set(t.Context, place(t, t.PhysicalID), tagging.setting, tagText(t))); err != nil {
		return nil, err
	}
	return bucketMade(t, t.PhysicalID), s.version(t, t.PhysicalID)
}

func tagText(t *task) string { return tagging.text(members{"Tags": resource.TagList(t.Tags())}) }

func (s storing) delete(t *task) error {
	return inS3(s.buckets.Delete(t.Context, place(t, t.PhysicalID)))
}

// version turns versioning on, or suspends it if the template says so or says no more that it is on.
func (s storing) version(t *task, name string) error {
	const property = "VersioningConfiguration"
	if !t.Changed(property) {
		return nil
	}
	versioning := bucket.Suspended
	if resource.TextOf(resource.ObjectOf(t.Properties[property])["Status"]) == string(bucket.Enabled) {
		versioning = bucket.Enabled
	}
	return inS3(s.buckets.SetVersioning(t.Context, place(t, name), versioning))
}

func bucketMade(t *task, name string) *stack.Made {
	region := t.Stack.Region
	return &stack.Made{PhysicalID: name, Attributes: members{
		"Arn": "arn:aws:s3:::" + name, "DomainName": name + ".s3.amazonaws.com",
		"DualStackDomainName": name + ".s3.dualstack." + region + ".amazonaws.com",
		"RegionalDomainName":  name + ".s3." + region + ".amazonaws.com",
		"WebsiteURL":          "http://" + name + ".s3-website-" + region + ".amazonaws.com",
	}}
}

// inS3 says which service failed.
func inS3(err error) error {
	if err == nil {
		return nil
	}
	return &resource.Refusal{Service: "S3", Err: err}
}
