package resource

import (
	"sluice/internal/stack"
)

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
