package function_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestPublishWithoutAChangeReturnsTheLastVersion(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	first, err := b.Publish(t.Context(), b.id, function.Publication{Description: "one"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Publish(t.Context(), b.id, function.Publication{Description: "two"})
	if err != nil || again.Number != first.Number || again.RevisionID != first.RevisionID || again.Config.Description != "one" {
		t.Errorf("published %+v, %v; want the first version", again, err)
	}
}

func TestPublishAfterAChangeOf(t *testing.T) {
	for name, change := range map[string]func(*function.Config){
		"the description": func(c *function.Config) { c.Description = "new" },
		"the memory":      func(c *function.Config) { c.Memory = 256 },
		"a variable":      func(c *function.Config) { c.Environment = map[string]string{"A": "b"} },
		"the layers":      func(c *function.Config) { c.Layers = []function.Layer{{ARN: "arn"}} },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.release(t, "code")
			if _, err := b.UpdateConfig(t.Context(), b.id, function.ConfigChange{Apply: change}); err != nil {
				t.Fatal(err)
			}
			v, err := b.Publish(t.Context(), b.id, function.Publication{})
			if err != nil || v.Number != 2 {
				t.Errorf("published %+v, %v; want version 2", v, err)
			}
		})
	}
}

func TestPublishAfterAnUpdateThatChangesNothing(t *testing.T) {
	b := newBench(t)
	b.release(t, "code")
	nothing := function.ConfigChange{Apply: func(c *function.Config) { c.Environment = map[string]string{} }}
	if _, err := b.UpdateConfig(t.Context(), b.id, nothing); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil || v.Number != 1 {
		t.Errorf("published %+v, %v; want version 1 again", v, err)
	}
}

func TestGoingBackToOlderCodeMakesANewVersion(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.release(t, "two")
	if n := b.release(t, "one"); n != 3 {
		t.Errorf("published version %v, want 3", n)
	}
}

func TestANumberIsNotUsedAgainAfterItsVersionIsDeleted(t *testing.T) {
	b := newBench(t)
	b.release(t, "one")
	b.release(t, "two")
	if err := b.DeleteVersion(t.Context(), b.id, 2); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil || v.Number != 3 {
		t.Errorf("published %+v, %v; want version 3", v, err)
	}
}

func TestPublishChecksRevisionAndCode(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	_, err := b.Publish(t.Context(), b.id, function.Publication{Revision: "wrong"})
	wantFault(t, err, fault.Precondition, "revision")
	_, err = b.Publish(t.Context(), b.id, function.Publication{SHA256: "wrong"})
	wantFault(t, err, fault.Invalid, "package")
	b.id.Name = "missing"
	_, err = b.Publish(t.Context(), b.id, function.Publication{})
	wantFault(t, err, fault.NotFound, "function")
}

func TestPublishingChangesTheRevisionOfLatest(t *testing.T) {
	b := newBench(t)
	created := b.create(t, "code")
	settled := created.At(created.Settling.Until)
	if _, err := b.Publish(t.Context(), b.id, function.Publication{Revision: settled.RevisionID}); err != nil {
		t.Fatal(err)
	}
	found, err := b.Find(t.Context(), b.id, "")
	if err != nil || found.Version.RevisionID == settled.RevisionID {
		t.Errorf("found %+v, %v; want another revision", found, err)
	}
}

// A published version stays as it is whatever happens to its function, and numbers only grow.
func TestVersionsNeverChange(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := newBench(t)
		b.create(t, "code")
		published := map[function.Number]*function.Version{}
		highest := function.Number(0)
		r.Repeat(map[string]func(*rapid.T){
			"publish": func(r *rapid.T) {
				v, err := b.Publish(t.Context(), b.id, function.Publication{})
				if err != nil {
					r.Fatal(err)
				}
				if _, known := published[v.Number]; !known && v.Number <= highest {
					r.Fatalf("version %v after version %v", v.Number, highest)
				}
				published[v.Number] = v
				highest = max(highest, v.Number)
			},
			"change code": func(r *rapid.T) {
				code := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "code")
				_, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader(code)})
				if err != nil && !fault.Is(err, fault.Conflict, "update") {
					r.Fatal(err)
				}
			},
			"delete": func(r *rapid.T) {
				if len(published) == 0 {
					return
				}
				n := rapid.SampledFrom(numbers(published)).Draw(r, "version")
				if err := b.DeleteVersion(t.Context(), b.id, n); err != nil {
					r.Fatal(err)
				}
				delete(published, n)
			},
			"": func(r *rapid.T) {
				for n, want := range published {
					found, err := b.Find(t.Context(), b.id, n.String())
					if err != nil || found.Version.Code != want.Code || found.Version.RevisionID != want.RevisionID {
						r.Fatalf("version %v is %+v, %v; want %+v", n, found, err, want)
					}
				}
			},
		})
	})
}

func numbers(versions map[function.Number]*function.Version) (list []function.Number) {
	for n := function.Number(1); len(list) < len(versions); n++ {
		if _, ok := versions[n]; ok {
			list = append(list, n)
		}
	}
	return list
}

func TestAVersionThatIsSnapshottedSettles(t *testing.T) {
	b := newBench(t)
	c := config()
	c.Runtime, c.SnapStart = "python3.12", function.SnapshotPublished
	if _, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: c}); err != nil {
		t.Fatal(err)
	}
	v, err := b.Publish(t.Context(), b.id, function.Publication{})
	if err != nil || v.Settling == nil || !v.Settling.Creating {
		t.Errorf("published %+v, %v; want a settling version", v, err)
	}
}
