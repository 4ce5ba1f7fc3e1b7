package function_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/policy"
)

var grant = function.Grant{Sid: "s3", Principal: "s3.amazonaws.com", Action: "lambda:InvokeFunction"}

var fromS3 = policy.Request{Caller: "s3.amazonaws.com", Action: "lambda:InvokeFunction"}

// permit adds a permission that must be taken.
func (b *bench) permit(t *testing.T, qualifier string, g function.Grant) {
	t.Helper()
	if _, err := b.AddPermission(t.Context(), b.id, qualifier, g); err != nil {
		t.Fatal(err)
	}
}

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
	b.alias(t, "live")
	for _, granted := range []string{"", "live", "1"} {
		b.permit(t, granted, grant)
		for _, q := range []string{"", "live", "1", "2"} {
			if got := b.allows(t, q, fromS3); got != (q == granted) {
				t.Errorf("with a permission of %q, %q allows: %t", granted, q, got)
			}
		}
		if err := b.RemovePermission(t.Context(), b.id, granted, "s3", ""); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLatestHasTheFunctionsPolicy(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	b.permit(t, "", grant)
	if !b.allows(t, "$LATEST", fromS3) {
		t.Error("$LATEST does not allow")
	}
	if p, err := b.Permissions(t.Context(), b.id, "$LATEST"); err != nil || len(p.Policy.Statements) != 1 {
		t.Errorf("policy %+v, %v", p, err)
	}
	if _, err := b.AddPermission(t.Context(), b.id, "$LATEST", grant); !fault.Is(err, fault.Invalid, "permission") {
		t.Errorf("adding one: %v", err)
	}
}

func TestAPermissionHoldsAtTheNextRequest(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	if b.allows(t, "", fromS3) {
		t.Fatal("allowed without a permission")
	}
	b.permit(t, "", grant)
	if !b.allows(t, "", fromS3) {
		t.Error("not allowed with a permission")
	}
	if err := b.RemovePermission(t.Context(), b.id, "", "s3", ""); err != nil || b.allows(t, "", fromS3) {
		t.Errorf("allowed after the permission was removed: %v", err)
	}
}

func TestAPermissionGoesWithWhatItIsFor(t *testing.T) {
	for name, again := range map[string]func(*bench) error{
		"alias": func(b *bench) error {
			if err := b.DeleteAlias(t.Context(), b.id, "live"); err != nil {
				return err
			}
			_, err := b.CreateAlias(t.Context(), b.id, "live", function.AliasChange{Version: new(function.Number(1))})
			return err
		},
		"function": func(b *bench) error {
			if err := b.Delete(t.Context(), b.id); err != nil {
				return err
			}
			b.alias(t, "live")
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.alias(t, "live")
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

// counted counts reads of the store.
type counted struct {
	function.Store
	reads atomic.Int64
}

func (c *counted) ReadFunctions(ctx context.Context, read func(function.Reader) error) error {
	c.reads.Add(1)
	return c.Store.ReadFunctions(ctx, read)
}

func TestPoliciesAreAskedWithoutTheStore(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	b.permit(t, "", grant)
	store := &counted{Store: b.store}
	service := function.NewService(store, fakePackages{}, b.host, b.meter)
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
	_, err := b.Allows(t.Context(), b.id, "", fromS3)
	wantFault(t, err, fault.NotFound, "function")
}

func TestStatementsWordTheirConditionsAsAWSDoes(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	for _, tt := range []struct {
		grant function.Grant
		want  string
	}{
		{function.Grant{
			Sid: "a", Principal: "*", Action: "lambda:InvokeFunctionUrl", SourceAccount: "111111111111", SourceARN: "arn:aws:s3:::b",
			Organization: "o-1234567890", URLAuthType: "NONE",
		}, `"Condition":{"StringEquals":{"AWS:SourceAccount":"111111111111","lambda:FunctionUrlAuthType":"NONE","aws:PrincipalOrgID":"o-1234567890"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::b"}}`},
		{function.Grant{Sid: "b", Principal: "*", Action: "lambda:InvokeFunction", ViaURL: new(true)},
			`"Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}`},
		{function.Grant{Sid: "c", Principal: "*", Action: "lambda:InvokeFunction", EventToken: "token"},
			`"Condition":{"StringEquals":{"lambda:EventSourceToken":"token"}}`},
	} {
		s, err := b.AddPermission(t.Context(), b.id, "", tt.grant)
		if err != nil || !strings.Contains(s.Text(), tt.want) {
			t.Errorf("%s, %v; want %s", s.Text(), err, tt.want)
		}
	}
}

func TestConditionsThatNoActionHas(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	for _, g := range []function.Grant{
		{Sid: "a", Principal: "*", Action: "lambda:InvokeFunction", URLAuthType: "NONE"},
		{Sid: "a", Principal: "*", Action: "lambda:InvokeFunctionUrl", ViaURL: new(true)},
	} {
		_, err := b.AddPermission(t.Context(), b.id, "", g)
		wantFault(t, err, fault.Invalid, "permission")
	}
}

// Recorded in test_lambda_permission_fn_versioning: the first statement's precondition is the alias's revision, the
// next one's the policy's.
func TestRevisionsOfPolicies(t *testing.T) {
	b := newBench(t)
	a := b.alias(t, "live")
	first, second := grant, grant
	first.Revision, second.Sid, second.Revision = "wrong", "two", a.RevisionID
	_, err := b.AddPermission(t.Context(), b.id, "live", first)
	wantFault(t, err, fault.Precondition, "revision")
	first.Revision = a.RevisionID
	b.permit(t, "live", first)
	_, err = b.AddPermission(t.Context(), b.id, "live", second)
	wantFault(t, err, fault.Precondition, "revision")
	p, err := b.Permissions(t.Context(), b.id, "live")
	if err != nil {
		t.Fatal(err)
	}
	second.Revision = p.Policy.RevisionID
	b.permit(t, "live", second)
	wantFault(t, b.RemovePermission(t.Context(), b.id, "live", "two", second.Revision), fault.Precondition, "revision")
}

// Whoever was told that a permission is there, or gone, finds it so, whatever others ask and change meanwhile.
func TestPoliciesAreNeverStale(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
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
				if _, err := b.AddPermission(t.Context(), b.id, "", g); err != nil {
					t.Error(err)
				}
				if allowed, err := b.Allows(t.Context(), b.id, "", asked); !allowed || err != nil {
					t.Errorf("added: allowed %t, %v", allowed, err)
				}
				if err := b.RemovePermission(t.Context(), b.id, "", g.Sid, ""); err != nil {
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
