package bucket_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/store"
)

// counted is a store that counts its reads, and can fail them.
type counted struct {
	*store.Store
	mu     sync.Mutex
	reads  int
	broken bool
}

func (c *counted) ReadBuckets(ctx context.Context, read func(bucket.Reader) error) error {
	c.mu.Lock()
	c.reads++
	broken := c.broken
	c.mu.Unlock()
	if broken {
		return errors.New("the disk is gone")
	}
	return c.Store.ReadBuckets(ctx, read)
}

// counting is a bench whose reads are counted.
func counting(t *testing.T) (*bench, *counted) {
	b := newBench(t)
	records := &counted{Store: b.store}
	b.Service = bucket.NewService(bucket.Config{Store: records, Blobs: b.blobs})
	return b, records
}

func (b *bench) wantExist(name string, want bool) {
	b.t.Helper()
	if b.Exists(b.t.Context(), name) != want {
		b.t.Errorf("%s exists: %v", name, !want)
	}
}

func TestExistsFollowsBuckets(t *testing.T) {
	b, _ := counting(t)
	other := home
	other.Bucket = "other"
	b.wantExist("home", true)
	b.wantExist("other", false)
	b.create(other)
	b.wantExist("other", true)
	mustDo(b, b.Delete(t.Context(), home))
	b.wantExist("home", false)
	b.create(home)
	b.wantExist("home", true)
	b.wantExist("never", false)
}

// Every request without a signature asks, so what is asked again must not be read again.
func TestExistsReadsOnce(t *testing.T) {
	b, records := counting(t)
	for range 100 {
		b.wantExist("home", true)
		b.wantExist("nobody", false)
	}
	if records.reads != 1 {
		t.Errorf("read %d times", records.reads)
	}
}

func TestExistsReadsAgainAfterAFailure(t *testing.T) {
	t.Run("of the first read", func(t *testing.T) {
		b, records := counting(t)
		records.broken = true
		b.wantExist("home", false)
		records.broken = false
		b.wantExist("home", true)
	})
	t.Run("after a change", func(t *testing.T) {
		b, records := counting(t)
		b.wantExist("other", false)
		records.broken = true
		other := home
		other.Bucket = "other"
		b.create(other) // which is written all the same
		b.wantExist("other", false)
		records.broken = false
		b.wantExist("other", true)
	})
}

func TestExistsWhileManyCreateAndDelete(t *testing.T) {
	b, _ := counting(t)
	var wg sync.WaitGroup
	p := home
	p.Bucket = "busy"
	for range 4 {
		wg.Go(func() {
			for range 20 {
				_ = b.Create(t.Context(), p, nil)
				b.Exists(t.Context(), p.Bucket)
				_ = b.Delete(t.Context(), p)
			}
		})
	}
	wg.Wait()
	_, err := b.Find(t.Context(), p)
	b.wantExist("busy", err == nil)
}

func TestBucketsOfARegion(t *testing.T) {
	b := newBench(t)
	for name, region := range map[string]string{"a-west": "eu-west-1", "b-east": "us-east-1", "c-east": "us-east-1", "d-west": "eu-west-1", "e-west": "eu-west-1"} {
		p := home
		p.Bucket, p.Region = name, region
		b.create(p)
	}
	for name, tt := range map[string]struct {
		search bucket.Search
		want   string
	}{
		"all":                     {bucket.Search{}, "a-west b-east c-east d-west e-west home"},
		"a page of all":           {bucket.Search{Limit: 2, After: "a-west"}, "b-east c-east"},
		"of a region":             {bucket.Search{Region: "eu-west-1"}, "a-west d-west e-west"},
		"of one without any":      {bucket.Search{Region: "eu-north-1", Limit: 2}, ""},
		"a page with gaps":        {bucket.Search{Region: "eu-west-1", Limit: 2}, "a-west d-west"},
		"the page after it":       {bucket.Search{Region: "eu-west-1", Limit: 2, After: "d-west"}, "e-west"},
		"one at a time":           {bucket.Search{Region: "eu-west-1", Limit: 1, After: "a-west"}, "d-west"},
		"with a prefix, and gaps": {bucket.Search{Region: "us-east-1", Prefix: "c", Limit: 1}, "c-east"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.search.Account = home.Account
			found, err := b.Buckets(t.Context(), tt.search)
			var names []string
			for _, f := range found {
				names = append(names, f.Name)
			}
			if got := strings.Join(names, " "); got != tt.want || err != nil {
				t.Errorf("listed %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}
