package bucket_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/function"
)

// swept runs a test in which time is faked, with sweeps going on.
func swept(t *testing.T, test func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Start(t.Context())
		defer b.Close()
		test(b)
	})
}

const (
	pause = 10 * time.Minute
	later = 2 * time.Hour // than a blob is left alone, and a look at all of them comes
)

func wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestContentOfDeletedObjectsIsRemoved(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(b *bench)
		left bool
	}{
		"there":       {func(b *bench) { b.put("k", "x") }, true},
		"deleted":     {func(b *bench) { b.put("k", "x"); b.delete("k", "") }, false},
		"replaced":    {func(b *bench) { b.put("k", "x"); b.put("k", "y") }, false},
		"put again":   {func(b *bench) { b.put("k", "x"); b.delete("k", ""); b.put("k", "x") }, true},
		"of two keys": {func(b *bench) { b.put("k", "x"); b.put("other", "x"); b.delete("k", "") }, true},
		"an old version": {func(b *bench) {
			b.versioned(bucket.Enabled)
			b.put("k", "x")
			b.put("k", "y")
			b.delete("k", "")
		}, true},
		"an uploaded part":   {func(b *bench) { b.upload("k", "x") }, true},
		"an aborted upload":  {func(b *bench) { u, _ := b.upload("k", "x"); mustDo(b, b.Abort(b.t.Context(), home, "k", u.ID)) }, false},
		"a completed upload": {func(b *bench) { u, n := b.upload("k", "x"); _, err := b.complete(u, n); mustDo(b, err) }, true},
		"a part left out": {func(b *bench) {
			u, n := b.upload("k", "y", "x")
			_, err := b.complete(u, n[:1])
			mustDo(b, err)
		}, false},
		"a bucket's last upload": {func(b *bench) { b.upload("k", "x"); mustDo(b, b.Delete(b.t.Context(), home)) }, false},
		"a refused put": {func(b *bench) {
			b.put("k", "y")
			d := draft("k", "x")
			d.Condition.Absent = true
			if _, err := b.Put(b.t.Context(), d); err == nil {
				b.t.Error("no refusal")
			}
		}, false},
		"a function's code": {func(b *bench) {
			o := b.put("k", "x")
			b.keepFunction(o.Pieces[0].SHA256)
			b.delete("k", "")
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			swept(t, func(b *bench) {
				tt.do(b)
				wait(later)
				if b.blobs.has("x") != tt.left {
					t.Errorf("its content is kept: %v", !tt.left)
				}
			})
		})
	}
}

func mustDo(b *bench, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// keepFunction makes a function whose package is a blob.
func (b *bench) keepFunction(sha256 string) {
	b.t.Helper()
	id := function.ID{Scope: home.Scope, Name: "f"}
	f := &function.Function{ID: id, Latest: function.Version{Function: id, Code: function.Code{SHA256: sha256}}}
	mustDo(b, b.store.WriteFunctions(b.t.Context(), func(tx function.Tx) error { return tx.PutFunction(f) }))
}

func TestContentIsLeftAloneWhileItsRecordMayBeUnderWay(t *testing.T) {
	swept(t, func(b *bench) {
		b.put("k", "x")
		b.delete("k", "")
		wait(30 * time.Minute)
		if !b.blobs.has("x") {
			t.Error("removed before its time")
		}
		_, _, err := b.blobs.Put(t.Context(), draft("", "x").Body.From) // whoever is about to name it
		mustDo(b, err)
		wait(50 * time.Minute)
		if !b.blobs.has("x") {
			t.Error("removed although it was put again")
		}
		wait(later)
		if b.blobs.has("x") {
			t.Error("never removed")
		}
	})
}

// A server that is killed between a blob and its record leaves a blob that no record tells of.
func TestABlobWithoutARecordIsRemovedWhenAServerStarts(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(b *bench)
		age  time.Duration
		left bool
	}{
		"left behind":          {func(*bench) {}, later, false},
		"left a moment ago":    {func(*bench) {}, 30 * time.Minute, true},
		"an object's":          {func(b *bench) { b.put("k", "x") }, later, true},
		"a part's":             {func(b *bench) { b.upload("k", "x") }, later, true},
		"a function's":         {func(b *bench) { b.keepFunction(b.left("x")) }, later, true},
		"one that was removed": {func(b *bench) { b.blobs.lose("x") }, later, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				b.left("x")
				tt.do(b)
				time.Sleep(tt.age)
				b.Start(t.Context())
				defer b.Close()
				synctest.Wait()
				if b.blobs.has("x") != tt.left {
					t.Errorf("it is kept: %v", !tt.left)
				}
			})
		})
	}
}

// left keeps a blob that no record tells of.
func (b *bench) left(content string) (sha256 string) {
	b.t.Helper()
	sha256, _, err := b.blobs.Put(b.t.Context(), strings.NewReader(content))
	mustDo(b, err)
	return sha256
}

func TestABlobWithoutARecordIsRemovedWhileAServerRuns(t *testing.T) {
	for name, tt := range map[string]struct {
		record func(b *bench, sha256 string)
		left   bool
	}{
		"it was refused": {func(*bench, string) {}, false},
		"it was kept":    {func(b *bench, sha256 string) { b.keepFunction(sha256) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			swept(t, func(b *bench) {
				wait(pause)
				tt.record(b, b.left("x"))
				wait(30 * time.Minute)
				if !b.blobs.has("x") {
					t.Error("removed before its time")
				}
				wait(later)
				if b.blobs.has("x") != tt.left {
					t.Errorf("it is kept: %v", !tt.left)
				}
			})
		})
	}
}

func TestWhatIsBeingReadIsNotRemoved(t *testing.T) {
	swept(t, func(b *bench) {
		u, named := b.upload("k", whole("a"), "x")
		_, err := b.complete(u, named)
		mustDo(b, err)
		_, content, err := b.Open(b.t.Context(), home, "k", "")
		mustDo(b, err)
		b.delete("k", "")
		wait(later)
		tail := make([]byte, 1)
		if _, err := content.ReadAt(tail, bucket.MinPartSize); string(tail) != "x" || err != nil {
			t.Errorf("the second part is %q, %v", tail, err)
		}
		mustDo(b, content.Close())
		wait(later)
		if b.blobs.has("x") {
			t.Error("it is kept when nobody reads it any more")
		}
	})
}

func TestSweepTellsHowMuchItRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for _, key := range []string{"a", "b", "c"} {
			b.put(key, key)
			b.delete(key, "")
		}
		time.Sleep(later)
		if n, err := b.Sweep(t.Context()); n != 3 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if n, err := b.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("the second time %d, %v", n, err)
		}
	})
}
