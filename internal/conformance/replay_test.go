package conformance_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/conformance"
	"sluice/internal/server"
)

const (
	copies = "testdata/aws-recordings"
	// elsewhere is a folder beside the repository with more recordings, which a clone need not have.
	elsewhere = "../../../shared/conformance/aws-recordings"
)

// served is what the recordings may need of Sluice.
var served = map[string]bool{
	"lambda CreateFunction": true, "lambda GetFunction": true, "lambda GetFunctionConfiguration": true,
	"lambda UpdateFunctionCode": true, "lambda UpdateFunctionConfiguration": true, "lambda DeleteFunction": true,
	"lambda ListFunctions": true, "lambda PublishVersion": true, "lambda ListVersionsByFunction": true,
	"lambda CreateAlias": true, "lambda GetAlias": true, "lambda UpdateAlias": true, "lambda DeleteAlias": true,
	"lambda ListAliases": true, "lambda Invoke": true, "lambda Invoke RequestResponse": true, "lambda Invoke DryRun": true,

	"logs CreateLogGroup": true, "logs DeleteLogGroup": true, "logs DescribeLogGroups": true, "logs ListLogGroups": true,
	"logs PutRetentionPolicy": true, "logs DeleteRetentionPolicy": true, "logs AssociateKmsKey": true,
	"logs DisassociateKmsKey": true, "logs PutLogGroupDeletionProtection": true, "logs TagLogGroup": true,
	"logs UntagLogGroup": true, "logs ListTagsLogGroup": true, "logs TagResource": true, "logs UntagResource": true,
	"logs ListTagsForResource": true, "logs CreateLogStream": true, "logs DeleteLogStream": true,
	"logs DescribeLogStreams": true, "logs PutLogEvents": true, "logs GetLogEvents": true, "logs FilterLogEvents": true,
	"logs PutMetricFilter": true, "logs DescribeMetricFilters": true, "logs DeleteMetricFilter": true,
	"logs TestMetricFilter": true, "logs PutResourcePolicy": true, "logs DescribeResourcePolicies": true,
	"logs DeleteResourcePolicy": true, "logs DescribeSubscriptionFilters": true, "logs DeleteSubscriptionFilter": true,
	"logs StartQuery": true, "logs DescribeQueries": true,
	"cloudwatch PutMetricData": true, "cloudwatch GetMetricData": true, "cloudwatch GetMetricStatistics": true, "cloudwatch ListMetrics": true,
	"cloudwatch PutMetricAlarm": true, "cloudwatch PutCompositeAlarm": true, "cloudwatch DescribeAlarms": true,
	"cloudwatch DescribeAlarmsForMetric": true, "cloudwatch DescribeAlarmHistory": true, "cloudwatch SetAlarmState": true,
	"cloudwatch EnableAlarmActions": true, "cloudwatch DisableAlarmActions": true, "cloudwatch DeleteAlarms": true,
	"cloudwatch TagResource": true, "cloudwatch UntagResource": true, "cloudwatch ListTagsForResource": true,
	"cloudwatch PutDashboard": true, "cloudwatch GetDashboard": true, "cloudwatch ListDashboards": true, "cloudwatch DeleteDashboards": true,
}

func TestServerAnswersAsRecorded(t *testing.T) {
	recordings := load(t, copies)
	if len(recordings) == 0 {
		t.Fatal("there are no recordings in " + copies)
	}
	for _, r := range recordings {
		if need, ok := unserved(r); ok {
			t.Errorf("%s needs %s, which Sluice does not serve: take it out", r.File, need)
		}
		t.Run(r.File, func(t *testing.T) { replay(t, r) })
	}
}

func TestServerAnswersAsRecordedElsewhere(t *testing.T) {
	if _, err := os.Stat(filepath.FromSlash(elsewhere)); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there are no more recordings than those in %s: %v", copies, err)
	}
	copied := map[string]bool{}
	for _, r := range load(t, copies) {
		copied[r.File] = true
	}
	for _, r := range load(t, elsewhere) {
		if _, ok := unserved(r); ok || copied[r.File] {
			continue
		}
		t.Run(r.File, func(t *testing.T) { replay(t, r) })
	}
}

func load(t *testing.T, folder string) []*conformance.Recording {
	t.Helper()
	recordings, err := conformance.LoadAll(filepath.FromSlash(folder))
	if err != nil {
		t.Fatal(err)
	}
	return recordings
}

func unserved(r *conformance.Recording) (need string, ok bool) {
	for _, need := range r.Needs() {
		if !served[need] {
			return need, true
		}
	}
	return "", false
}

// replay fails on every deviation that is not known, and on every known one that did not occur.
func replay(t *testing.T, r *conformance.Recording) {
	t.Parallel()
	expected := map[place]bool{}
	for _, k := range known {
		if k.File == r.File {
			expected[k.place] = true
		}
	}
	for _, d := range conformance.Replay(t.Context(), r, start(t), func(step int, path string) bool {
		return expected[place{r.File, step, path}]
	}) {
		at := place{d.File, d.Step, d.Path}
		if !expected[at] {
			t.Errorf("%s", d)
		}
		delete(expected, at)
	}
	for at := range expected {
		t.Errorf("step %d: %s is as AWS answers: take it from the known deviations", at.Step, at.Path)
	}
}

// start starts a server on which nothing has been made yet.
func start(t *testing.T) *client.Client {
	t.Helper()
	s, err := server.Start(t.Context(), server.Config{
		Listen: "127.0.0.1:0", Data: t.TempDir(), Account: "111111111111", MaxProcesses: 2,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &client.Client{URL: s.URL(), Key: s.Key(), HTTP: &http.Client{Transport: transport, Timeout: time.Minute}}
}
