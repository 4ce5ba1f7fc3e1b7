package resource

import (
	"context"
	"net/http"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/bucket"
	"sluice/internal/fault"
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

// s3Policy is AWS::S3::BucketPolicy. Its Ref is the bucket's name.
func s3Policy() *resource {
	put := func(t *task) (*stack.Made, error) {
		name := t.text("Bucket")
		err := t.provider.config.Buckets.Set(t.ctx, t.place(name), "policy", t.text("PolicyDocument"))
		return unless(inS3(err), &stack.Made{PhysicalID: name})
	}
	return &resource{
		Schema: stack.Schema{
			Type:       "AWS::S3::BucketPolicy",
			Properties: fields{"Bucket": text(required, replaces), "PolicyDocument": document(required, kept)},
		},
		create: put, update: put,
		delete: func(t *task) error {
			return inS3(t.provider.config.Buckets.Set(t.ctx, t.place(t.text("Bucket")), "policy", ""))
		},
	}
}

// s3Names are S3's words for failures.
var s3Names = fault.Table[wire.Error]{
	fault.NotFound: {"": {Code: "NoSuchBucket", Status: http.StatusNotFound}},
	fault.Conflict: {
		"contents":   {Code: "BucketNotEmpty", Status: http.StatusConflict},
		"own bucket": {Code: "BucketAlreadyOwnedByYou", Status: http.StatusConflict},
		"":           {Code: "BucketAlreadyExists", Status: http.StatusConflict},
	},
	fault.Denied: {"": {Code: "AccessDenied", Status: http.StatusForbidden}},
	fault.Invalid: {
		"bucket name": {Code: "InvalidBucketName", Status: http.StatusBadRequest},
		"":            {Code: "InvalidArgument", Status: http.StatusBadRequest},
	},
}

// inS3 words a failure as S3's own API does.
func inS3(err error) error {
	if err == nil {
		return nil
	}
	named, ok := s3Names.Find(err)
	if !ok {
		return err
	}
	named.Message, named.Cause = fault.Of(err).Message, err
	return &refusal{service: "S3", err: &named}
}
