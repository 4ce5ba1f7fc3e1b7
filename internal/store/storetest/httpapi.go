package storetest

import (
	"io"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

// HTTPAPIStore is an httpapi.Store that can be closed.
type HTTPAPIStore interface {
	httpapi.Store
	io.Closer
}

// HTTPAPIs runs the suite of httpapi.Store. prepare makes an empty place for records, as for Functions.
func HTTPAPIs(t *testing.T, prepare func(t *testing.T) (open func() HTTPAPIStore)) {
	for name, test := range httpAPITests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &httpAPIPlace{open(), open})
		})
	}
}

// httpAPIPlace holds the records of one test, and the store that is open on them.
type httpAPIPlace struct {
	HTTPAPIStore
	open func() HTTPAPIStore
}

var httpAPITests = map[string]func(*testing.T, *httpAPIPlace){
	"every field is kept, on disk": func(t *testing.T, p *httpAPIPlace) {
		a := NewHTTPAPI("a")
		p.write(t, func(tx httpapi.Tx) error {
			return errorOf(tx.PutHTTPStage(NewHTTPStage(a, "dev")), tx.PutHTTPDeployment(NewHTTPDeployment(a, "d")), tx.PutHTTPAPI(a))
		})
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.HTTPAPIStore = p.open()
		p.read(t, func(r httpapi.Reader) error {
			wantSame(t, "API", found(t, r.HTTPAPI, a.ID), a)
			d, err := r.HTTPDeployment(a.ID, "d")
			wantSame(t, "deployment", d, NewHTTPDeployment(a, "d"))
			s, err2 := r.HTTPStage(a.ID, "dev")
			wantSame(t, "stage", s, NewHTTPStage(a, "dev"))
			return errorOf(err, err2)
		})
	},
	"a put replaces": func(t *testing.T, p *httpAPIPlace) {
		a := NewHTTPAPI("a")
		s, d := NewHTTPStage(a, "dev"), NewHTTPDeployment(a, "d")
		for _, name := range []string{"one", "other"} {
			a.Name, s.Description, d.Description = name, name, name
			p.write(t, func(tx httpapi.Tx) error {
				return errorOf(tx.PutHTTPAPI(a), tx.PutHTTPStage(s), tx.PutHTTPDeployment(d))
			})
		}
		p.read(t, func(r httpapi.Reader) error {
			wantSame(t, "APIs", found(t, r.HTTPAPIs, scope), []*httpapi.API{a})
			wantSame(t, "stages", found(t, r.HTTPStages, a.ID), []*httpapi.Stage{s})
			wantSame(t, "deployments", found(t, r.HTTPDeployments, a.ID), []*httpapi.Deployment{d})
			return nil
		})
	},
	"lists are in their order, and each API's apart": func(t *testing.T, p *httpAPIPlace) {
		a, b := NewHTTPAPI("a"), NewHTTPAPI("b")
		old, young := NewHTTPDeployment(a, "a"), NewHTTPDeployment(a, "b")
		young.Created = when.Add(time.Second)
		p.write(t, func(tx httpapi.Tx) error {
			return errorOf(tx.PutHTTPAPI(b), tx.PutHTTPAPI(a), tx.PutHTTPDeployment(old), tx.PutHTTPDeployment(young),
				tx.PutHTTPDeployment(NewHTTPDeployment(b, "c")), tx.PutHTTPStage(NewHTTPStage(a, "z")), tx.PutHTTPStage(NewHTTPStage(a, "y")),
				tx.PutHTTPStage(NewHTTPStage(b, "x")))
		})
		p.read(t, func(r httpapi.Reader) error {
			wantSame(t, "APIs", found(t, r.HTTPAPIs, scope), []*httpapi.API{a, b})
			all, err := r.AllHTTPAPIs()
			wantSame(t, "all", all, []httpapi.ID{a.ID, b.ID})
			wantSame(t, "deployments", found(t, r.HTTPDeployments, a.ID), []*httpapi.Deployment{young, old})
			wantSame(t, "stages", found(t, r.HTTPStages, a.ID), []*httpapi.Stage{NewHTTPStage(a, "y"), NewHTTPStage(a, "z")})
			return err
		})
	},
	"scopes are apart": func(t *testing.T, p *httpAPIPlace) {
		for i, s := range scopes {
			a := NewHTTPAPI(string(rune('a' + i)))
			a.ID.Scope = s
			p.write(t, func(tx httpapi.Tx) error { return tx.PutHTTPAPI(a) })
			p.read(t, func(r httpapi.Reader) error {
				wantSame(t, "APIs", found(t, r.HTTPAPIs, s), []*httpapi.API{a})
				return nil
			})
		}
	},
	"an API goes with its deployments and stages": func(t *testing.T, p *httpAPIPlace) {
		a := NewHTTPAPI("a")
		p.write(t, func(tx httpapi.Tx) error {
			return errorOf(tx.PutHTTPAPI(a), tx.PutHTTPStage(NewHTTPStage(a, "dev")), tx.PutHTTPDeployment(NewHTTPDeployment(a, "d")))
		})
		p.write(t, func(tx httpapi.Tx) error { return tx.DeleteHTTPAPI(a.ID) })
		p.read(t, func(r httpapi.Reader) error {
			wantSame(t, "stages", len(found(t, r.HTTPStages, a.ID)), 0)
			wantSame(t, "deployments", len(found(t, r.HTTPDeployments, a.ID)), 0)
			return nil
		})
	},
	"what is missing is not found": func(t *testing.T, p *httpAPIPlace) {
		a := NewHTTPAPI("a")
		p.write(t, func(tx httpapi.Tx) error { return tx.PutHTTPAPI(a) })
		gone := NewHTTPAPI("gone").ID
		for noun, read := range map[string]func(r httpapi.Reader) error{
			"HTTP API":   func(r httpapi.Reader) error { _, err := r.HTTPAPI(gone); return err },
			"deployment": func(r httpapi.Reader) error { _, err := r.HTTPDeployment(a.ID, "gone"); return err },
			"stage":      func(r httpapi.Reader) error { _, err := r.HTTPStage(a.ID, "gone"); return err },
		} {
			wantFault(t, p.ReadHTTPAPIs(t.Context(), read), fault.NotFound, noun)
		}
		for noun, remove := range map[string]func(tx httpapi.Tx) error{
			"HTTP API":   func(tx httpapi.Tx) error { return tx.DeleteHTTPAPI(gone) },
			"deployment": func(tx httpapi.Tx) error { return tx.DeleteHTTPDeployment(a.ID, "gone") },
			"stage":      func(tx httpapi.Tx) error { return tx.DeleteHTTPStage(a.ID, "gone") },
		} {
			wantFault(t, p.WriteHTTPAPIs(t.Context(), remove), fault.NotFound, noun)
		}
	},
	"a stage without its API is not put": func(t *testing.T, p *httpAPIPlace) {
		if err := p.WriteHTTPAPIs(t.Context(), func(tx httpapi.Tx) error { return tx.PutHTTPStage(NewHTTPStage(NewHTTPAPI("gone"), "dev")) }); err == nil {
			t.Error("the stage was put")
		}
	},
}

func (p *httpAPIPlace) write(t *testing.T, write func(httpapi.Tx) error) {
	t.Helper()
	if err := p.WriteHTTPAPIs(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *httpAPIPlace) read(t *testing.T, read func(httpapi.Reader) error) {
	t.Helper()
	if err := p.ReadHTTPAPIs(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

// NewHTTPAPI returns an API with every field set.
func NewHTTPAPI(id string) *httpapi.API {
	return &httpapi.API{
		ID: httpapi.ID{Scope: scope, API: id}, Name: "shop", Description: "description", Version: "1", Created: when, IPAddressType: "ipv4",
		DisableEndpoint: true, KeySelection: httpapi.KeySelection, RouteSelection: httpapi.RouteSelection, Tags: map[string]string{"team": "blue"},
		Definition: newHTTPDefinition(),
	}
}

func newHTTPDefinition() httpapi.Definition {
	return httpapi.Definition{
		CORS: &httpapi.CORS{
			Credentials: new(true), Headers: []string{"Date"}, Methods: []string{"GET"}, Origins: []string{"*"}, Expose: []string{"Keep-Alive"}, MaxAge: new(int64(300)),
		},
		Routes: map[string]*httpapi.Route{"r": {
			ID: "r", Key: "GET /pets", Target: "integrations/i", Authorization: httpapi.AuthCustom, AuthorizerID: "z", Scopes: []string{"read"},
			OperationName: "list", Managed: true,
		}},
		Integrations: map[string]*httpapi.Integration{"i": {
			ID: "i", Type: httpapi.LambdaProxy, URI: "arn:aws:lambda:us-east-1:111111111111:function:f", Method: "POST", Format: httpapi.Format2, Timeout: 1000,
			Description: "description", Credentials: "arn:aws:iam::111111111111:role/r", Parameters: map[string]string{"overwrite:path": "/x"},
			Responses: map[string]map[string]string{"200": {"overwrite:statuscode": "201"}}, Managed: true,
		}},
		Authorizers: map[string]*httpapi.Authorizer{"z": {
			ID: "z", Name: "who", Type: httpapi.RequestAuthorizer, Identity: []string{"$request.header.A"}, URI: "arn:aws:lambda:us-east-1:111111111111:function:z",
			Credentials: "arn:aws:iam::111111111111:role/r", Format: httpapi.Format2, Simple: true, TTL: new(int64(60)), Issuer: "https://issuer", Audience: []string{"us"},
		}},
	}
}

// NewHTTPDeployment returns a deployment of an API with every field set.
func NewHTTPDeployment(a *httpapi.API, id string) *httpapi.Deployment {
	return &httpapi.Deployment{API: a.ID, ID: id, Description: "description", Auto: true, Created: when, Definition: newHTTPDefinition()}
}

// NewHTTPStage returns a stage of an API with every field set.
func NewHTTPStage(a *httpapi.API, name string) *httpapi.Stage {
	settings := httpapi.RouteSettings{Metrics: new(true), DataTrace: new(true), LoggingLevel: new("INFO"), Burst: new(int64(5)), Rate: new(2.5)}
	return &httpapi.Stage{
		API: a.ID, Name: name, Deployment: "d", AutoDeploy: true, Description: "description", Message: "message", Variables: map[string]string{"alias": "live"},
		Default: settings, Routes: map[string]httpapi.RouteSettings{"GET /pets": settings},
		AccessLog: &httpapi.AccessLog{Destination: "arn:aws:logs:us-east-1:111111111111:log-group:g", Format: "$context.requestId"}, ClientCertificate: "c",
		Tags: map[string]string{"team": "blue"}, Managed: true, Created: when, Updated: when.Add(time.Hour),
	}
}
