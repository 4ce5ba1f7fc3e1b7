package dashboard

import "context"

// Store keeps dashboards. internal/store implements it.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadDashboards(ctx context.Context, read func(Reader) error) error
	WriteDashboards(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state.
type Reader interface {
	// Dashboard returns the dashboard of a name. Error: fault.NotFound "dashboard".
	Dashboard(account, name string) (*Dashboard, error)
	// Dashboards lists those whose names begin with prefix and come after a name, in the names' order, limit at most;
	// 0 means all.
	Dashboards(account, prefix, after string, limit int) ([]*Dashboard, error)
}

// Tx reads and writes.
type Tx interface {
	Reader
	// PutDashboard creates or replaces the dashboard with the same account and name.
	PutDashboard(d *Dashboard) error
	// DeleteDashboard deletes a dashboard. Error: fault.NotFound "dashboard".
	DeleteDashboard(account, name string) error
}
