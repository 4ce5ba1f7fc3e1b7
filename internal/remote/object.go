package remote

import (
	"context"
	"io"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"sluice/internal/deployer"
)

// Stat returns an object's entity tag, which is another one for other content, and its version if its bucket keeps them.
func (e *Endpoint) Stat(ctx context.Context, o deployer.Object) (tag, version string, err error) {
	out, err := e.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: optional(o.Version)})
	if err != nil {
		return "", "", failed(err, "package", "look at s3://%s/%s", o.Bucket, o.Key)
	}
	return text(out.ETag), text(out.VersionId), nil
}

// Fetch writes an object's content and returns its size in bytes.
func (e *Endpoint) Fetch(ctx context.Context, o deployer.Object, to io.Writer) (size int64, err error) {
	out, err := e.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: optional(o.Version)})
	if err != nil {
		return 0, failed(err, "package", "read s3://%s/%s", o.Bucket, o.Key)
	}
	defer out.Body.Close()
	if size, err = io.Copy(to, out.Body); err != nil {
		return size, failed(err, "package", "read s3://%s/%s", o.Bucket, o.Key)
	}
	return size, nil
}
