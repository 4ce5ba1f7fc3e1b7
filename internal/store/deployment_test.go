package store

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

// Each deployment asks for these before it begins, within the transaction that all others wait for.
func TestDeploymentsAreFoundByTheNarrowestIndex(t *testing.T) {
	withMigrations(t, t.TempDir(), func(database *sql.DB, migrations *goose.Provider) {
		if _, err := migrations.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
		scope := function.Scope{Account: "123456789012", Region: "us-east-1"}
		for name, tt := range map[string]struct {
			query rollout.Query
			index string
		}{
			"open, of an alias": {rollout.Query{Scope: scope, Function: "f", Alias: "live", Open: true, Limit: 1}, "open_deployments (account=? AND region=? AND function=? AND alias=?)"},
			"open, of a group":  {rollout.Query{Scope: scope, Application: "a", Group: "g", Open: true, Limit: 1}, "deployments_of_group (account=? AND region=? AND application=? AND deployment_group=?)"},
			"of an account":     {rollout.Query{Scope: scope, Limit: 1}, "deployments_by_age (account=? AND region=?)"},
		} {
			t.Run(name, func(t *testing.T) {
				query, args := deploymentsQuery(tt.query)
				var id, parent, unused int
				var plan string
				if err := database.QueryRowContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...).Scan(&id, &parent, &unused, &plan); err != nil {
					t.Fatal(err)
				}
				if !strings.HasSuffix(plan, "USING INDEX "+tt.index) {
					t.Errorf("the plan is %q, want index %s", plan, tt.index)
				}
			})
		}
	})
}
