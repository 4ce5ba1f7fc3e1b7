package bucket

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"sluice/internal/fault"
)

// MaxObject is the largest object, or part of one, that is taken in one request, in bytes. Larger objects come in parts.
const MaxObject = 5 << 30

// Config is what a Service needs.
type Config struct {
	Store Store
	Blobs Blobs
	// Logger hears of blobs that can't be removed. Nil discards it.
	Logger *slog.Logger
}

// Service keeps buckets and their objects. Its methods may be called by many goroutines at once.
type Service struct {
	store   Store
	blobs   Blobs
	logger  *slog.Logger
	pins    pins
	names   names
	stop    context.CancelFunc
	running sync.WaitGroup
}

// NewService returns a Service. It starts nothing; Start does.
func NewService(c Config) *Service {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{store: c.Store, blobs: c.Blobs, logger: c.Logger, stop: func() {}}
}

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// newID returns a random name in the form of S3's version IDs: 32 letters and digits.
func newID() string { return rand.Text()[:16] + rand.Text()[:16] }

// Elsewhere is the error of a bucket that lies in another region than the one that was asked.
type Elsewhere struct {
	Bucket string
	Region string // where it lies
}

// Error names the region.
func (e *Elsewhere) Error() string {
	return "The bucket is in this region: " + e.Region + ". Please use this region to retry the request"
}

// Unwrap says what kind of failure it is.
func (e *Elsewhere) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Noun: "region", Message: e.Error()}
}

// enter returns the bucket of a place. A place without a region means wherever the bucket lies.
// Errors: fault.NotFound "bucket"; fault.Denied "bucket" if it is another account's; *Elsewhere.
func enter(r Reader, p Place) (*Bucket, error) {
	b, err := r.Bucket(p.Bucket)
	switch {
	case fault.Is(err, fault.NotFound, "bucket"):
		return nil, noBucket()
	case err != nil:
		return nil, err
	case b.Scope.Account != p.Account:
		return nil, fault.Errorf(fault.Denied, "bucket", "Access Denied")
	case p.Region != "" && p.Region != b.Scope.Region:
		return nil, &Elsewhere{Bucket: b.Name, Region: b.Scope.Region}
	}
	return b, nil
}

func noBucket() error {
	return fault.Errorf(fault.NotFound, "bucket", "The specified bucket does not exist")
}

// inBucket reads in a bucket.
func (s *Service) inBucket(ctx context.Context, p Place, read func(Reader, *Bucket) error) error {
	return s.store.ReadBuckets(ctx, func(r Reader) error {
		b, err := enter(r, p)
		if err != nil {
			return err
		}
		return read(r, b)
	})
}

// change reads and writes in a bucket.
func (s *Service) change(ctx context.Context, p Place, write func(Tx, *Bucket) error) error {
	return s.store.WriteBuckets(ctx, func(tx Tx) error {
		b, err := enter(tx, p)
		if err != nil {
			return err
		}
		return write(tx, b)
	})
}
