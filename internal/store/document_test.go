package store_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/alarm"
	"sluice/internal/async"
	"sluice/internal/bucket"
	"sluice/internal/dashboard"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/httpapi"
	"sluice/internal/layer"
	"sluice/internal/logs"
	"sluice/internal/parameter"
	"sluice/internal/permission"
	"sluice/internal/restapi"
	"sluice/internal/rollout"
	"sluice/internal/stack"
	"sluice/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the golden file anew")

// What is on disk has to be read by every later Sluice: a field of the rules may be renamed, a document may not. The
// golden file is what a record with every field looks like; a new field may come, none may change its name or its form.
func TestDocumentsKeepTheirForm(t *testing.T) {
	folder := t.TempDir()
	s := openStore(t, folder)
	f := storetest.NewFunction("f")
	d := storetest.NewDeployment("d-000000001")
	mustWrite(t, s.WriteFunctions(t.Context(), func(tx function.Tx) error {
		return firstError(tx.PutFunction(f), tx.PutVersion(storetest.NewVersion(f.ID, 1)), tx.PutAlias(storetest.NewAlias(f.ID, "live")),
			tx.PutReservation(storetest.NewReservation(f.ID)), tx.PutProvision(storetest.NewProvision(f.ID, "live")),
			tx.PutRuntimeUpdates(f.ID, storetest.NewRuntimeUpdates("1")),
			tx.PutSigningConfig(storetest.NewSigningConfig("csc-0123456789abcdefg")))
	}))
	mustWrite(t, s.WritePermissions(t.Context(), func(tx permission.Tx) error { return tx.PutPermissions(f.ID, storetest.NewPermissions("live")) }))
	mustWrite(t, s.WriteRollouts(t.Context(), func(tx rollout.Tx) error {
		return firstError(tx.PutApplication(storetest.NewApplication("app")), tx.PutGroup(storetest.NewGroup("app", "group")),
			tx.PutConfig(storetest.NewConfig("config")), tx.PutDeployment(d))
	}))
	mustWrite(t, s.WriteAlarms(t.Context(), func(tx alarm.Tx) error {
		return firstError(tx.PutAlarm(storetest.NewAlarm("alarm")), tx.AddAlarmHistory(storetest.NewHistoryItem("alarm", 0), alarm.Keep{Items: 10, Bytes: 1 << 20}))
	}))
	mustWrite(t, s.WriteDashboards(t.Context(), func(tx dashboard.Tx) error { return tx.PutDashboard(storetest.NewDashboard("board")) }))
	mustWrite(t, s.WriteLogs(t.Context(), func(tx logs.Tx) error {
		return firstError(tx.PutLogGroup(storetest.NewLogGroup("/aws/lambda/f")), tx.PutLogPolicy(storetest.NewLogPolicy("policy")))
	}))
	mustWrite(t, s.WriteFunctionURLs(t.Context(), func(tx functionurl.Tx) error { return tx.PutFunctionURL(storetest.NewFunctionURL(f.ID, "live")) }))
	mustWrite(t, s.WriteEvents(t.Context(), func(tx async.Tx) error {
		return firstError(tx.AddEvent(storetest.NewEvent(f.ID, 1)), tx.PutEventConfig(storetest.NewEventConfig(f.ID, "live")))
	}))
	l := storetest.NewLayer("layer")
	mustWrite(t, s.WriteLayers(t.Context(), func(tx layer.Tx) error {
		return firstError(tx.PutLayer(l), tx.PutLayerVersion(storetest.NewLayerVersion(l.ID, 1)))
	}))
	mustWrite(t, s.WriteBuckets(t.Context(), func(tx bucket.Tx) error {
		return firstError(tx.PutBucket(storetest.NewBucket("bucket")), tx.PutObject(storetest.NewObject("bucket", "key", "version", 1)),
			tx.PutUpload(storetest.NewUpload("bucket", "key", "upload")), tx.PutPart("upload", storetest.NewPart(1, "blob"), time.Unix(0, 0)))
	}))
	mustWrite(t, s.WriteAccounts(t.Context(), func(tx account.Tx) error {
		return firstError(tx.PutRole(storetest.NewRole("role")), tx.PutPolicy(storetest.NewPolicy("policy")))
	}))
	mustWrite(t, s.WriteRESTAPIs(t.Context(), func(tx restapi.Tx) error {
		return firstError(tx.PutRESTAPI(storetest.NewRESTAPI("api")), tx.PutRESTDeployment(storetest.NewRESTDeployment("api", "d")),
			tx.PutRESTStage(storetest.NewRESTStage("api", "dev")), tx.PutAPIKey(storetest.NewAPIKey("k")),
			tx.PutUsagePlan(storetest.NewUsagePlan("p")), tx.PutRESTAccount(storetest.NewRESTAccount()))
	}))
	mustWrite(t, s.WriteParameters(t.Context(), func(tx parameter.Tx) error { return tx.PutParameter(storetest.NewParameter("/app/rate", 1)) }))
	shop := storetest.NewStack("shop")
	mustWrite(t, s.WriteStacks(t.Context(), func(tx stack.Tx) error {
		return firstError(tx.PutStack(shop), tx.PutStackGoal(storetest.NewStackGoal(shop, 1)), tx.PutStackResource(storetest.NewStackResource(shop, "A")),
			tx.AddStackEvent(storetest.NewStackEvent(shop, "e")), tx.PutChangeSet(storetest.NewChangeSet(shop, "c")),
			tx.SetStackExports(shop.ID, []stack.Export{{Scope: shop.Scope, Name: "url", Value: "value", Stack: shop.ID, StackName: "shop"}}))
	}))
	mustWrite(t, s.WriteHTTPAPIs(t.Context(), func(tx httpapi.Tx) error {
		a := storetest.NewHTTPAPI("httpapi")
		return firstError(tx.PutHTTPAPI(a), tx.PutHTTPDeployment(storetest.NewHTTPDeployment(a, "d")), tx.PutHTTPStage(storetest.NewHTTPStage(a, "dev")))
	}))
	mustWrite(t, s.Close())

	var got bytes.Buffer
	database, err := sql.Open("sqlite", filepath.Join(folder, "sluice.db"))
	mustWrite(t, err)
	defer database.Close()
	for _, table := range []string{"functions", "versions", "aliases", "applications", "deployment_groups", "deployment_configs", "deployments", "alarms", "alarm_history", "dashboards", "log_groups", "log_policies", "function_urls", "layers", "layer_versions", "events", "settings WHERE kind = 'events'", "settings WHERE kind = 'concurrency'", "settings WHERE kind = 'provisioned'", "settings WHERE kind = 'permissions'", "settings WHERE kind = 'runtime updates'", "code_signing_configs", "buckets", "objects", "uploads", "parts", "roles", "policies", "parameters", "parameter_versions", "rest_apis", "rest_deployments", "rest_stages", "api_keys", "usage_plans", "rest_accounts", "stacks", "stack_goals", "stack_resources", "stack_events", "change_sets", "stack_exports", "http_apis", "http_deployments", "http_stages"} {
		var document []byte
		mustWrite(t, database.QueryRow("SELECT document FROM "+table).Scan(&document))
		fmt.Fprintf(&got, "== %s\n", table)
		mustWrite(t, json.Indent(&got, document, "", " "))
		got.WriteByte('\n')
	}
	golden := filepath.Join("testdata", "documents.golden")
	if *update {
		mustWrite(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%v; the documents are\n%s", err, got.String())
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func mustWrite(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
