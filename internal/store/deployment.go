package store

import (
	"database/sql"
	"slices"
	"strings"

	"sluice/internal/function"
	"sluice/internal/rollout"
)

// deploymentColumns are what a deployment is read from: a rename changes the columns and not the document.
const deploymentColumns = "SELECT application, deployment_group, document FROM deployments "

// Deployment implements rollout.Reader.
func (t *tx) Deployment(scope function.Scope, id string) (*rollout.Deployment, error) {
	found, err := rows(t, deploymentColumns+"WHERE account = ? AND region = ? AND id = ?",
		[]any{scope.Account, scope.Region, id}, scanDeployment)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noSuch("deployment", id)
	}
	return found[0], nil
}

// Deployments implements rollout.Reader.
func (t *tx) Deployments(q rollout.Query) ([]*rollout.Deployment, error) {
	query, args := deploymentsQuery(q)
	return rows(t, query, args, scanDeployment)
}

func deploymentsQuery(q rollout.Query) (query string, args []any) {
	where, args := conditions(q)
	return deploymentColumns + "WHERE " + strings.Join(where, " AND ") + " ORDER BY created DESC, id DESC LIMIT ?",
		append(args, limited(q.Limit))
}

// conditions writes a query as SQL. The texts depend on which fields are set and how many different statuses there are,
// so there are only so many to prepare.
func conditions(q rollout.Query) (where []string, args []any) {
	add := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	add("account = ? AND region = ?", q.Scope.Account, q.Scope.Region)
	for _, column := range []struct{ condition, value string }{
		{"application = ?", q.Application}, {"deployment_group = ?", q.Group}, {"function = ?", q.Function}, {"alias = ?", q.Alias},
	} {
		if column.value != "" {
			add(column.condition, column.value)
		}
	}
	if q.Open {
		add("open = 1")
	}
	if len(q.Statuses) > 0 {
		var statuses []any
		for _, status := range slices.Compact(slices.Sorted(slices.Values(q.Statuses))) {
			statuses = append(statuses, string(status))
		}
		add("status IN (?"+strings.Repeat(", ?", len(statuses)-1)+")", statuses...)
	}
	if !q.From.IsZero() {
		add("created >= ?", micros(q.From))
	}
	if !q.To.IsZero() {
		add("created <= ?", micros(q.To))
	}
	if q.Before != "" {
		add("(created, id) < (SELECT created, id FROM deployments WHERE account = ? AND region = ? AND id = ?)",
			q.Scope.Account, q.Scope.Region, q.Before)
	}
	return where, args
}

// OpenDeployments implements rollout.Reader.
func (t *tx) OpenDeployments() ([]*rollout.Deployment, error) {
	return rows(t, deploymentColumns+"WHERE open = 1", nil, scanDeployment)
}

// PutDeployment implements rollout.Tx.
func (t *tx) PutDeployment(d *rollout.Deployment) error {
	open := 1
	if d.Released {
		open = 0
	}
	return t.put(d, "INSERT INTO deployments "+
		"(document, account, region, id, application, deployment_group, function, alias, created, status, open) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, id) DO UPDATE SET "+
		"document = excluded.document, application = excluded.application, deployment_group = excluded.deployment_group, "+
		"function = excluded.function, alias = excluded.alias, created = excluded.created, status = excluded.status, "+
		"open = excluded.open",
		d.Scope.Account, d.Scope.Region, d.ID, d.Application, d.Group, d.Spec.Function, d.Spec.Alias, micros(d.Created),
		string(d.Status()), open)
}

// RenameDeployments implements rollout.Tx.
func (t *tx) RenameDeployments(scope function.Scope, app, group, nextApp, nextGroup string) error {
	_, err := t.exec("UPDATE deployments SET application = ?, deployment_group = ? "+
		"WHERE account = ? AND region = ? AND application = ? AND deployment_group = ?",
		nextApp, nextGroup, scope.Account, scope.Region, app, group)
	return err
}

func scanDeployment(row *sql.Rows) (*rollout.Deployment, error) {
	var app, group string
	var text sql.RawBytes
	if err := row.Scan(&app, &group, &text); err != nil {
		return nil, err
	}
	d := &rollout.Deployment{}
	err := parse(text, d)
	d.Application, d.Group = app, group
	return d, err
}
