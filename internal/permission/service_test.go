package permission_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/permission"
	"sluice/internal/policy"
)

var grant = permission.Grant{Sid: "s3", Principal: "s3.amazonaws.com", Action: "lambda:InvokeFunction"}

var fromS3 = policy.Request{Caller: "s3.amazonaws.com", Action: "lambda:InvokeFunction"}

func (b *bench) allows(t *testing.T, qualifier string, r policy.Request) bool {
	t.Helper()
	allowed, err := b.Allows(t.Context(), b.id, qualifier, r)
	if err != nil {
		t.Fatal(err)
	}
	return allowed
}

func TestAPolicyIsItsQualifiersAlone(t *testing.T) {
	b := newBench(t)
	for _, granted := range []string{"", "live", "1"} {
		b.permit(t, granted, grant)
		for _, q := range []string{"", "live", "1", "2"} {
			if got := b.allows(t, q, fromS3); got != (q == granted) {
				t.Errorf("with a permission of %q, %q allows: %t", granted, q, got)
			}
		}
		if err := b.Remove(t.Context(), b.id, granted, "s3", ""); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLatestHasTheFunctionsPolicy(t *testing.T) {
	b := newBench(t)
	b.permit(t, "", grant)
	if !b.allows(t, "$LATEST", fromS3) {
		t.Error("$LATEST does not allow")
	}
	if p, err := b.Get(t.Context(), b.id, "$LATEST"); err != nil || len(p.Policy.Statements) != 1 {
		t.Errorf("policy %+v, %v", p, err)
	}
	if _, err := b.Add(t.Context(), b.id, "$LATEST", grant); !fault.Is(err, fault.Invalid, "permission") {
		t.Errorf("adding one: %v", err)
	}
}

func TestAPermissionHoldsAtTheNextRequest(t *testing.T) {
	b := newBench(t)
	if b.allows(t, "", fromS3) {
		t.Fatal("allowed without a permission")
	}
	b.permit(t, "", grant)
	if !b.allows(t, "", fromS3) {
		t.Error("not allowed with a permission")
	}
	if err := b.Remove(t.Context(), b.id, "", "s3", ""); err != nil || b.allows(t, "", fromS3) {
		t.Errorf("allowed after the permission was removed: %v", err)
	}
}

func TestAPermissionGoesWithWhatItIsFor(t *testing.T) {
	for name, again := range map[string]func(*bench) error{
		"alias": func(b *bench) error {
			if err := b.functions.DeleteAlias(t.Context(), b.id, "live"); err != nil {
				return err
			}
			b.point(t)
			return nil
		},
		"function": func(b *bench) error {
			if err := b.functions.Delete(t.Context(), b.id); err != nil {
				return err
			}
			b.create(t)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.permit(t, "live", grant)
			if !b.allows(t, "live", fromS3) {
				t.Fatal("not allowed before")
			}
			if err := again(b); err != nil || b.allows(t, "live", fromS3) {
				t.Errorf("what has its name now allows too: %v", err)
			}
		})
	}
}

// Numbers of versions are not used again, so a version's policy has to go while the function stays.
func TestAPermissionGoesWithItsVersion(t *testing.T) {
	b := newBench(t)
	b.permit(t, "2", grant)
	if !b.allows(t, "2", fromS3) {
		t.Fatal("not allowed before")
	}
	if err := b.functions.DeleteVersion(t.Context(), b.id, 2); err != nil || b.allows(t, "2", fromS3) {
		t.Errorf("allowed after the version was deleted: %v", err)
	}
}

// Recorded in test_permission_exceptions: there is no policy of a function that is not there, but a version or an alias that
// is missing is named.
func TestRemovingFromWhatIsNotThere(t *testing.T) {
	b := newBench(t)
	for qualifier, noun := range map[string]string{"3": "function", "none": "alias", "": "policy", "$LATEST": "policy", "live": "policy"} {
		if err := b.Remove(t.Context(), b.id, qualifier, "s3", ""); !fault.Is(err, fault.NotFound, noun) {
			t.Errorf("of %q: %v, want no %s", qualifier, err, noun)
		}
	}
	b.id.Name = "none"
	for _, qualifier := range []string{"", "1", "live"} {
		wantFault(t, b.Remove(t.Context(), b.id, qualifier, "s3", ""), fault.NotFound, "policy")
		_, err := b.Get(t.Context(), b.id, qualifier)
		wantFault(t, err, fault.NotFound, "policy")
		_, err = b.Add(t.Context(), b.id, qualifier, grant)
		wantFault(t, err, fault.NotFound, "function")
	}
}

// counted counts reads of the store.
type counted struct {
	permission.Store
	reads atomic.Int64
}

func (c *counted) ReadPermissions(ctx context.Context, read func(permission.Reader) error) error {
	c.reads.Add(1)
	return c.Store.ReadPermissions(ctx, read)
}

func TestPoliciesAreAskedWithoutTheStore(t *testing.T) {
	b := newBench(t)
	b.permit(t, "", grant)
	store := &counted{Store: b.store}
	service := permission.NewService(store)
	for range 3 {
		if allowed, err := service.Allows(t.Context(), b.id, "", fromS3); !allowed || err != nil {
			t.Fatalf("allowed: %t, %v", allowed, err)
		}
	}
	first := store.reads.Load()
	for range 10 {
		_, _ = service.Allows(t.Context(), b.id, "", fromS3)
	}
	if store.reads.Load() != first {
		t.Errorf("%d reads, and %d after ten more requests", first, store.reads.Load())
	}
}

func TestAllowsNothingOfAFunctionThatIsNotThere(t *testing.T) {
	b := newBench(t)
	b.id.Name = "none"
	_, err := b.Allows(t.Context(), b.id, "", fromS3)
	wantFault(t, err, fault.NotFound, "function")
}

// Recorded in test_lambda_permission_fn_versioning: the first statement's precondition is the alias's revision, the
// next one's the policy's.
func TestRevisionsOfPolicies(t *testing.T) {
	b := newBench(t)
	a, err := b.functions.Alias(t.Context(), b.id, "live")
	if err != nil {
		t.Fatal(err)
	}
	first, second := grant, grant
	first.Revision, second.Sid, second.Revision = "wrong", "two", a.RevisionID
	_, err = b.Add(t.Context(), b.id, "live", first)
	wantFault(t, err, fault.Precondition, "revision")
	first.Revision = a.RevisionID
	b.permit(t, "live", first)
	_, err = b.Add(t.Context(), b.id, "live", second)
	wantFault(t, err, fault.Precondition, "revision")
	p, err := b.Get(t.Context(), b.id, "live")
	if err != nil {
		t.Fatal(err)
	}
	second.Revision = p.Policy.RevisionID
	b.permit(t, "live", second)
	wantFault(t, b.Remove(t.Context(), b.id, "live", "two", second.Revision), fault.Precondition, "revision")
}

// Whoever was told that a permission is there, or gone, finds it so, whatever others ask and change meanwhile.
func TestPoliciesAreNeverStale(t *testing.T) {
	b := newBench(t)
	stop := make(chan struct{})
	var asking, changing sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = b.Allows(t.Context(), b.id, "", fromS3)
				}
			}
		})
	}
	for n := range 3 {
		changing.Go(func() {
			g := grant
			g.Sid, g.Principal = fmt.Sprint(n), fmt.Sprintf("service%d.amazonaws.com", n)
			asked := policy.Request{Caller: g.Principal, Action: g.Action}
			for range 20 {
				if _, err := b.Add(t.Context(), b.id, "", g); err != nil {
					t.Error(err)
				}
				if allowed, err := b.Allows(t.Context(), b.id, "", asked); !allowed || err != nil {
					t.Errorf("added: allowed %t, %v", allowed, err)
				}
				if err := b.Remove(t.Context(), b.id, "", g.Sid, ""); err != nil {
					t.Error(err)
				}
				if allowed, err := b.Allows(t.Context(), b.id, "", asked); allowed || err != nil {
					t.Errorf("removed: allowed %t, %v", allowed, err)
				}
			}
		})
	}
	changing.Wait()
	close(stop)
	asking.Wait()
}
