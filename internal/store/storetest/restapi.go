package storetest

import (
	"io"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// RESTAPIStore is a restapi.Store that can be closed. Close waits for what runs.
type RESTAPIStore interface {
	restapi.Store
	io.Closer
}

// RESTAPIs runs the suite of restapi.Store. prepare makes an empty place for records, as for Functions.
func RESTAPIs(t *testing.T, prepare func(t *testing.T) (open func() RESTAPIStore)) {
	for name, test := range restTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &restPlace{open(), open})
		})
	}
}

// restPlace holds the records of one test, and the store that is open on them.
type restPlace struct {
	RESTAPIStore
	open func() RESTAPIStore
}

var restTests = map[string]func(*testing.T, *restPlace){
	"every field is kept, on disk": func(t *testing.T, p *restPlace) {
		p.write(t, func(tx restapi.Tx) error { return putAll(tx, "api") })
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.RESTAPIStore = p.open()
		wantSame(t, "the API", see(t, p, func(r restapi.Reader) (*restapi.API, error) { return r.RESTAPI(restID("api")) }), NewRESTAPI("api"))
		wantSame(t, "the deployment", see(t, p, func(r restapi.Reader) (*restapi.Deployment, error) { return r.RESTDeployment(restID("api"), "d") }), NewRESTDeployment("api", "d"))
		wantSame(t, "the stage", see(t, p, func(r restapi.Reader) (*restapi.Stage, error) { return r.RESTStage(restID("api"), "dev") }), NewRESTStage("api", "dev"))
		wantSame(t, "the key", see(t, p, func(r restapi.Reader) (*restapi.APIKey, error) { return r.APIKey(scope, "k") }), NewAPIKey("k"))
		wantSame(t, "the plan", see(t, p, func(r restapi.Reader) (*restapi.UsagePlan, error) { return r.UsagePlan(scope, "p") }), NewUsagePlan("p"))
		wantSame(t, "the account", see(t, p, func(r restapi.Reader) (*restapi.Account, error) { return r.RESTAccount(scope) }), NewRESTAccount())
	},
	"an account that nobody changed is empty": func(t *testing.T, p *restPlace) {
		got := see(t, p, func(r restapi.Reader) (*restapi.Account, error) { return r.RESTAccount(scope) })
		wantSame(t, "the account", got, &restapi.Account{Scope: scope})
	},
	"a put replaces": func(t *testing.T, p *restPlace) {
		changed := NewRESTAPI("api")
		changed.Name, changed.Resources = "cats", nil
		p.write(t, func(tx restapi.Tx) error { return putAll(tx, "api") })
		p.write(t, func(tx restapi.Tx) error { return tx.PutRESTAPI(changed) })
		wantSame(t, "the API", see(t, p, func(r restapi.Reader) (*restapi.API, error) { return r.RESTAPI(restID("api")) }), changed)
		wantSame(t, "the stages", len(p.stages(t, "api")), 1)
	},
	"a deleted API is gone with its deployments and stages": func(t *testing.T, p *restPlace) {
		p.write(t, func(tx restapi.Tx) error { return putAll(tx, "api") })
		p.write(t, func(tx restapi.Tx) error { return tx.DeleteRESTAPI(restID("api")) })
		wantSame(t, "the stages", len(p.stages(t, "api")), 0)
		left := see(t, p, func(r restapi.Reader) ([]*restapi.Deployment, error) { return r.RESTDeployments(restID("api")) })
		wantSame(t, "the deployments", len(left), 0)
	},
	"what is not there is missed by its noun": func(t *testing.T, p *restPlace) {
		for noun, remove := range map[string]func(restapi.Tx) error{
			"REST API":   func(tx restapi.Tx) error { return tx.DeleteRESTAPI(restID("x")) },
			"deployment": func(tx restapi.Tx) error { return tx.DeleteRESTDeployment(restID("x"), "x") },
			"stage":      func(tx restapi.Tx) error { return tx.DeleteRESTStage(restID("x"), "x") },
			"API key":    func(tx restapi.Tx) error { return tx.DeleteAPIKey(scope, "x") },
			"usage plan": func(tx restapi.Tx) error { return tx.DeleteUsagePlan(scope, "x") },
		} {
			wantFault(t, p.WriteRESTAPIs(t.Context(), remove), fault.NotFound, noun)
		}
		for noun, read := range map[string]func(restapi.Reader) error{
			"REST API":   func(r restapi.Reader) error { _, err := r.RESTAPI(restID("x")); return err },
			"deployment": func(r restapi.Reader) error { _, err := r.RESTDeployment(restID("x"), "x"); return err },
			"stage":      func(r restapi.Reader) error { _, err := r.RESTStage(restID("x"), "x"); return err },
			"API key":    func(r restapi.Reader) error { _, err := r.APIKey(scope, "x"); return err },
			"usage plan": func(r restapi.Reader) error { _, err := r.UsagePlan(scope, "x"); return err },
		} {
			wantFault(t, p.ReadRESTAPIs(t.Context(), read), fault.NotFound, noun)
		}
	},
	"lists are by ID, from after one on, of one account and region": func(t *testing.T, p *restPlace) {
		for _, s := range scopes {
			p.write(t, func(tx restapi.Tx) error {
				for _, id := range []string{"b", "a", "c"} {
					a, k, plan := NewRESTAPI(id+s.Account+s.Region), NewAPIKey(id), NewUsagePlan(id)
					a.ID.Scope, k.Scope, plan.Scope = s, s, s
					if err := firstError(tx.PutRESTAPI(a), tx.PutAPIKey(k), tx.PutUsagePlan(plan)); err != nil {
						return err
					}
				}
				return nil
			})
		}
		keys := see(t, p, func(r restapi.Reader) ([]*restapi.APIKey, error) { return r.APIKeys(scope, "a", 1) })
		wantSame(t, "the keys", []string{keys[0].ID, keys[0].Scope.Region}, []string{"b", scope.Region})
		plans := see(t, p, func(r restapi.Reader) ([]*restapi.UsagePlan, error) { return r.UsagePlans(scope, "", 0) })
		wantSame(t, "the number of plans", len(plans), 3)
		apis := see(t, p, func(r restapi.Reader) ([]*restapi.API, error) { return r.RESTAPIs(scope, "a~", 0) })
		wantSame(t, "the number of APIs", len(apis), 2)
		all := see(t, p, func(r restapi.Reader) ([]restapi.ID, error) { return r.AllRESTAPIs() })
		wantSame(t, "the number of all APIs", len(all), 3*len(scopes))
	},
	"deployments are in the order in which they were made": func(t *testing.T, p *restPlace) {
		p.write(t, func(tx restapi.Tx) error { return putAll(tx, "api") })
		earlier := NewRESTDeployment("api", "z")
		earlier.Created = when.Add(-time.Second)
		p.write(t, func(tx restapi.Tx) error { return tx.PutRESTDeployment(earlier) })
		found := see(t, p, func(r restapi.Reader) ([]*restapi.Deployment, error) { return r.RESTDeployments(restID("api")) })
		wantSame(t, "the order", []string{found[0].ID, found[1].ID}, []string{"z", "d"})
	},
	"a stage without an API is not written": func(t *testing.T, p *restPlace) {
		if err := p.WriteRESTAPIs(t.Context(), func(tx restapi.Tx) error { return tx.PutRESTStage(NewRESTStage("none", "dev")) }); err == nil {
			t.Error("it was written")
		}
	},
}

func putAll(tx restapi.Tx, api string) error {
	return firstError(
		tx.PutRESTAPI(NewRESTAPI(api)), tx.PutRESTDeployment(NewRESTDeployment(api, "d")), tx.PutRESTStage(NewRESTStage(api, "dev")),
		tx.PutAPIKey(NewAPIKey("k")), tx.PutUsagePlan(NewUsagePlan("p")), tx.PutRESTAccount(NewRESTAccount()),
	)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *restPlace) write(t *testing.T, write func(restapi.Tx) error) {
	t.Helper()
	if err := p.WriteRESTAPIs(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *restPlace) stages(t *testing.T, api string) []*restapi.Stage {
	t.Helper()
	return see(t, p, func(r restapi.Reader) ([]*restapi.Stage, error) { return r.RESTStages(restID(api)) })
}

// see reads what has to be there.
func see[T any](t *testing.T, p *restPlace, find func(restapi.Reader) (T, error)) (found T) {
	t.Helper()
	err := p.ReadRESTAPIs(t.Context(), func(r restapi.Reader) (err error) {
		found, err = find(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
