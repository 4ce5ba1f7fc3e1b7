package storetest

import (
	"io"
	"testing"

	"sluice/internal/dashboard"
	"sluice/internal/fault"
)

// DashboardStore is a dashboard.Store that can be closed. Close waits for what runs.
type DashboardStore interface {
	dashboard.Store
	io.Closer
}

// NewDashboard returns a dashboard with every field set.
func NewDashboard(name string) *dashboard.Dashboard {
	return &dashboard.Dashboard{
		Account: scope.Account, Name: name, Body: `{"widgets": [ ]}`, Modified: when, Tags: map[string]string{"team": "payments"},
	}
}

// Dashboards runs the suite of dashboard.Store. prepare makes an empty place for records, as for Functions.
func Dashboards(t *testing.T, prepare func(t *testing.T) (open func() DashboardStore)) {
	for name, test := range dashboardTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &dashboardPlace{open(), open})
		})
	}
}

// dashboardPlace holds the records of one test, and the store that is open on them.
type dashboardPlace struct {
	DashboardStore
	open func() DashboardStore
}

var dashboardTests = map[string]func(*testing.T, *dashboardPlace){
	"every field is kept, on disk": func(t *testing.T, p *dashboardPlace) {
		p.put(t, NewDashboard("full"))
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		p.DashboardStore = p.open()
		wantSame(t, "the list", p.list(t, "", "", 0), []*dashboard.Dashboard{NewDashboard("full")})
	},
	"a put replaces": func(t *testing.T, p *dashboardPlace) {
		d := NewDashboard("again")
		p.put(t, d)
		d.Body = "{}"
		p.put(t, d)
		wantSame(t, "the list", p.list(t, "", "", 0), []*dashboard.Dashboard{d})
	},
	"a missing one is not found": func(t *testing.T, p *dashboardPlace) {
		p.put(t, NewDashboard("there"))
		remove := func(tx dashboard.Tx) error { return tx.DeleteDashboard(scope.Account, "there") }
		if err := p.WriteDashboards(t.Context(), remove); err != nil {
			t.Fatal(err)
		}
		wantFault(t, p.WriteDashboards(t.Context(), remove), fault.NotFound, "dashboard")
		wantFault(t, p.ReadDashboards(t.Context(), func(r dashboard.Reader) error {
			_, err := r.Dashboard(scope.Account, "there")
			return err
		}), fault.NotFound, "dashboard")
	},
	"accounts are apart": func(t *testing.T, p *dashboardPlace) {
		other := NewDashboard("same")
		other.Account, other.Body = "000000000000", "{}"
		p.put(t, NewDashboard("same"))
		p.put(t, other)
		wantSame(t, "the list", p.list(t, "", "", 0), []*dashboard.Dashboard{NewDashboard("same")})
	},
	"a list is in the names' order, from after a name on": func(t *testing.T, p *dashboardPlace) {
		for _, name := range []string{"b", "a", "B", "c"} {
			p.put(t, NewDashboard(name))
		}
		wantSame(t, "all", p.names(t, "", "", 0), []string{"B", "a", "b", "c"})
		wantSame(t, "two behind B", p.names(t, "", "B", 2), []string{"a", "b"})
	},
	"a prefix is taken literally": func(t *testing.T, p *dashboardPlace) {
		for _, name := range []string{"my_app", "my-app", "myXapp", "MY_app", "my_", "other"} {
			p.put(t, NewDashboard(name))
		}
		wantSame(t, "my_", p.names(t, "my_", "", 0), []string{"my_", "my_app"})
		wantSame(t, "my_ behind my_", p.names(t, "my_", "my_", 0), []string{"my_app"})
	},
}

func (p *dashboardPlace) put(t *testing.T, d *dashboard.Dashboard) {
	t.Helper()
	if err := p.WriteDashboards(t.Context(), func(tx dashboard.Tx) error { return tx.PutDashboard(d) }); err != nil {
		t.Fatal(err)
	}
}

func (p *dashboardPlace) list(t *testing.T, prefix, after string, limit int) (found []*dashboard.Dashboard) {
	t.Helper()
	err := p.ReadDashboards(t.Context(), func(r dashboard.Reader) (err error) {
		found, err = r.Dashboards(scope.Account, prefix, after, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *dashboardPlace) names(t *testing.T, prefix, after string, limit int) (names []string) {
	t.Helper()
	for _, d := range p.list(t, prefix, after, limit) {
		names = append(names, d.Name)
	}
	return names
}
