package restapi_test

import (
	"context"
	"errors"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/restapi"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "123456789012", Region: "eu-west-1"}

// records are a store that can be made to fail.
type records struct {
	restapi.Store
	broken error // of reads
}

func (r *records) ReadRESTAPIs(ctx context.Context, read func(restapi.Reader) error) error {
	if r.broken != nil {
		return r.broken
	}
	return r.Store.ReadRESTAPIs(ctx, read)
}

func newService(t *testing.T) (*restapi.Service, *records) {
	t.Helper()
	opened, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	r := &records{Store: opened}
	return restapi.NewService(r), r
}

// newAPI makes an API with one mock, GET /.
func newAPI(t *testing.T, s *restapi.Service) *restapi.API {
	t.Helper()
	a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (*restapi.Integration, error) { return mock(d, d.Root, "GET") })
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func mock(d *restapi.Definition, resource, httpMethod string) (*restapi.Integration, error) {
	if _, err := d.PutMethod(resource, restapi.Method{HTTPMethod: httpMethod, Authorization: restapi.AuthNone}); err != nil {
		return nil, err
	}
	return d.PutIntegration(resource, httpMethod, restapi.Integration{Type: restapi.MockIntegration})
}

func deploy(t *testing.T, s *restapi.Service, id restapi.ID, r restapi.Release) *restapi.Deployment {
	t.Helper()
	d, err := s.Deploy(t.Context(), id, r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// find returns the View of a stage; nil if there is none.
func find(t *testing.T, s *restapi.Service, id restapi.ID, stage string) *restapi.View {
	t.Helper()
	v, _, err := s.Find(t.Context(), id.API, stage)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wantFault(t *testing.T, err error, kind fault.Kind, message string) {
	t.Helper()
	if f := (*fault.Error)(nil); !errors.As(err, &f) || f.Kind != kind || f.Message != message {
		t.Errorf("%v, want %v %q", err, kind, message)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
