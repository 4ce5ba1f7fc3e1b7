package resource

import (
	"context"
	"strings"

	"sluice/internal/bucket"
	"sluice/internal/function"
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
	"AbacStatus", "AccelerateConfiguration", "AccessControl", "AnalyticsConfigurations", "BucketEncryption", "CorsConfiguration",
	"IntelligentTieringConfigurations", "InventoryConfigurations", "LifecycleConfiguration", "LoggingConfiguration", "MetadataConfiguration",
	"MetadataTableConfiguration", "MetricsConfigurations", "NotificationConfiguration", "ObjectLockConfiguration", "ObjectLockEnabled",
	"OwnershipControls", "PublicAccessBlockConfiguration", "ReplicationConfiguration", "WebsiteConfiguration",
}

// s3Bucket is AWS::S3::Bucket. Its Ref is the bucket's name.
func s3Bucket() *resource {
	f := fields{"BucketName": text(replaces), "Tags": tagged(kept), "VersioningConfiguration": object(fields{"Status": text(required)})}
	for _, name := range keptOfBuckets {
		f[name] = anything(kept)
	}
	return &resource{
		Schema: stack.Schema{
			Type:       "AWS::S3::Bucket",
			Attributes: []string{"Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"},
			Properties: f,
		},
		create: createBucket, find: foundBucket,
		update: func(t *task) (*stack.Made, error) { return t.bucketMade(t.PhysicalID), t.version(t.PhysicalID) },
		delete: func(t *task) error {
			return inS3(t.provider.config.Buckets.Delete(t.ctx, t.place(t.PhysicalID)))
		},
	}
}

// place is a bucket of the stack's account and region.
func (t *task) place(name string) bucket.Place {
	return bucket.Place{Scope: function.Scope{Account: t.Stack.Account, Region: t.Stack.Region}, Bucket: name}
}

func (t *task) bucketName() string { return strings.ToLower(t.name("BucketName", maxBucketName)) }

func createBucket(t *task) (*stack.Made, error) {
	name := t.bucketName()
	if err := inS3(t.provider.config.Buckets.Create(t.ctx, t.place(name), nil)); err != nil {
		return nil, err
	}
	return t.bucketMade(name), t.version(name)
}

func foundBucket(t *task) (*stack.Made, error) {
	return t.bucketMade(t.bucketName()), t.version(t.bucketName())
}

// version turns versioning on, or suspends it if the template says so or says no more that it is on.
func (t *task) version(name string) error {
	const property = "VersioningConfiguration"
	if !t.changed(property) {
		return nil
	}
	versioning := bucket.Suspended
	if textOf(objectOf(t.Properties[property])["Status"]) == string(bucket.Enabled) {
		versioning = bucket.Enabled
	}
	return inS3(t.provider.config.Buckets.SetVersioning(t.ctx, t.place(name), versioning))
}

func (t *task) bucketMade(name string) *stack.Made {
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
	return &refusal{service: "S3", err: err}
}
