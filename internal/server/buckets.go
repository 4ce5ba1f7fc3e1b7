package server

import (
	"context"
	"errors"
	"io"
	"time"

	"sluice/internal/api/lambda"
	"sluice/internal/api/s3"
	"sluice/internal/blob"
	"sluice/internal/bucket"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// bodySilence is how long a client may send nothing of an object. How long the whole takes is not bounded.
const bodySilence = 60 * time.Second

// openBuckets begins to remove what deleted objects, functions and layers leave behind.
func (s *Server) openBuckets(ctx context.Context, cfg Config, r *rooms) error {
	r.buckets = bucket.NewService(bucket.Config{Store: r.records, Blobs: contents{r.blobs}, Logger: cfg.Logger})
	r.buckets.Start(ctx)
	s.closer.add("the buckets", func(context.Context) error { r.buckets.Close(); return nil })
	return nil
}

// storage answers S3's requests.
func storage(cfg Config, r *rooms) *s3.Server {
	return s3.New(s3.Config{
		Buckets: r.buckets, Keys: keys{r.keys}, Anyone: anyone(cfg), Logger: cfg.Logger, IdleTime: bodySilence,
	})
}

// contents keeps objects among the other blobs. It implements bucket.Blobs.
type contents struct{ *blob.Folder }

func (c contents) Open(ctx context.Context, sha256 string) (bucket.Blob, error) {
	return c.Folder.Open(ctx, sha256)
}

func (c contents) Put(ctx context.Context, from io.Reader) (sha256 string, size int64, err error) {
	return c.Folder.Put(ctx, from)
}

// objects reads packages that lie in buckets. It implements lambda.Objects.
type objects struct{ buckets *bucket.Service }

// OpenObject words failures as Lambda does (recording test_lambda_code_location_s3_errors).
func (o objects) OpenObject(ctx context.Context, scope function.Scope, name, key, version string) (lambda.Object, error) {
	_, content, err := o.buckets.Open(ctx, bucket.Place{Scope: scope, Bucket: name}, key, version)
	if err == nil {
		return content, nil
	}
	code, known := s3.Code(err)
	var elsewhere *bucket.Elsewhere
	if errors.As(err, &elsewhere) {
		code = "PermanentRedirect"
	}
	if !known {
		return nil, err
	}
	return nil, fault.Errorf(fault.Invalid, "object", "Error occurred while GetObject. S3 Error Code: %s. S3 Error Message: %s", code, fault.Of(err).Message)
}
