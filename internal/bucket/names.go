package bucket

import (
	"context"
	"sync"

	"sluice/internal/fault"
)

// names are the names of all buckets, in memory: every request without a signature is asked whether it means one.
type names struct {
	mu    sync.RWMutex
	known map[string]bool // guarded by mu; nil before they were read, and after that failed
}

// Exists reports whether there is a bucket of a name, whoever has it. It reads records the first time only. If they can't be
// read, no bucket is known.
func (s *Service) Exists(ctx context.Context, name string) bool {
	s.names.mu.RLock()
	known := s.names.known
	exists := known[name]
	s.names.mu.RUnlock()
	if known != nil {
		return exists
	}
	s.names.mu.Lock()
	defer s.names.mu.Unlock()
	if s.names.known == nil {
		s.names.known = s.readNames(ctx)
	}
	return s.names.known[name]
}

func (s *Service) readNames(ctx context.Context) (known map[string]bool) {
	_ = s.store.ReadBuckets(ctx, func(r Reader) error { // the next one who asks tries again
		all, err := r.BucketNames()
		if err != nil {
			return err
		}
		known = make(map[string]bool, len(all))
		for _, name := range all {
			known[name] = true
		}
		return nil
	})
	return known
}

// renamed looks again whether there is a bucket of a name, after one was made or deleted. Another may have done the same at
// once, so it is the record that counts; and it is read behind the lock, so the last to read it is the last to note it.
func (s *Service) renamed(ctx context.Context, name string) {
	s.names.mu.Lock()
	defer s.names.mu.Unlock()
	if s.names.known == nil {
		return
	}
	err := s.store.ReadBuckets(context.WithoutCancel(ctx), func(r Reader) error {
		_, err := r.Bucket(name)
		return err
	})
	switch {
	case err == nil:
		s.names.known[name] = true
	case fault.Is(err, fault.NotFound, "bucket"):
		delete(s.names.known, name)
	default:
		s.names.known = nil
	}
}
