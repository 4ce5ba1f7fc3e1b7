package s3

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// bucketPolicy is AWS::S3::BucketPolicy. Its Ref is the bucket's name.
func bucketPolicy(buckets Buckets) *resource.Type {
	put := func(t *task) (*stack.Made, error) {
		name := t.Text("Bucket")
		err := buckets.Set(t.Context, place(t, name), "policy", t.Text("PolicyDocument"))
		return resource.Unless(inS3(err), &stack.Made{PhysicalID: name})
	}
	return &resource.Type{
		Schema: stack.Schema{
			Type:       "AWS::S3::BucketPolicy",
			Properties: schema.Fields{"Bucket": schema.String(schema.Required, schema.Replaces), "PolicyDocument": schema.JSON(schema.Required, schema.Kept)},
		},
		Create: put, Update: put,
		Delete: func(t *task) error {
			return inS3(buckets.Set(t.Context, place(t, t.Text("Bucket")), "policy", ""))
		},
	}
}
