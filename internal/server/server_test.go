package server_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"sluice/internal/cli"
	"sluice/internal/client"
	"sluice/internal/clock"
	"sluice/internal/demo"
	"sluice/internal/server"
	"sluice/internal/store/prepared"
)

// runAsSluice tells this test's program to be `sluice` with its arguments, so that a server can be killed.
const runAsSluice = "SLUICE_TEST_RUN"

func TestMain(m *testing.M) {
	switch os.Getenv("_HANDLER") {
	case demo.Handler:
		if err := demo.Bootstrap(); err != nil {
			os.Exit(1)
		}
	case hookHandler:
		serveHook()
	case urlHandler:
		serveURL()
	case eventHandler:
		serveEvents()
	}
	if os.Getenv(runAsSluice) != "" {
		os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

const role = "arn:aws:iam::000000000000:role/r"

type object map[string]any

// caller makes calls that have to succeed.
type caller struct {
	t testing.TB
	*client.Client
}

// startServer starts a server in this process.
func startServer(t testing.TB, change func(*server.Config)) caller {
	t.Helper()
	cfg := server.Config{Listen: "127.0.0.1:0", Data: t.TempDir(), Scale: clock.Scale(60), Logger: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	prepared.Folder(t, cfg.Data)
	s, err := server.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return newCaller(t, &client.Client{URL: s.URL(), Key: s.Key()})
}

func newCaller(t testing.TB, c *client.Client) caller {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	c.HTTP = &http.Client{Transport: transport, Timeout: time.Minute}
	return caller{t, c}
}

func (c caller) lambda(method, path string, in, out any) {
	c.t.Helper()
	if _, err := c.Lambda(context.Background(), method, "/2015-03-31/functions"+path, in, out); err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
}

func (c caller) codedeploy(operation string, in, out any) {
	c.t.Helper()
	if err := c.CodeDeploy(context.Background(), operation, in, out); err != nil {
		c.t.Fatalf("%s: %v", operation, err)
	}
}

// program is a package whose bootstrap starts this test's program, which is too large to be packed and unpacked in each
// test.
var program = sync.OnceValue(func() []byte {
	executable, err := os.Executable()
	if err != nil {
		panic(err)
	}
	code, err := demo.Package([]byte("#!/bin/sh\nexec '" + executable + "'\n"))
	if err != nil {
		panic(err)
	}
	return code
})

// createFunction makes a function that answers with its version, and an alias named live that points to version 1.
func (c caller) createFunction(name string, code []byte) {
	c.t.Helper()
	c.lambda("POST", "", object{
		"FunctionName": name, "Runtime": "provided.al2023", "Handler": demo.Handler, "Role": role, "Timeout": 30,
		"Code": object{"ZipFile": code},
	}, nil)
	c.lambda("POST", "/"+name+"/versions", object{}, nil)
	c.lambda("POST", "/"+name+"/aliases", object{"Name": "live", "FunctionVersion": "1"}, nil)
}

// publish publishes another version and returns its number.
func (c caller) publish(name, description string) int {
	c.t.Helper()
	c.lambda("PUT", "/"+name+"/configuration", object{"Description": description}, nil)
	var published struct{ Version string }
	c.lambda("POST", "/"+name+"/versions", object{}, &published)
	n, err := strconv.Atoi(published.Version)
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// createGroup makes an application and a deployment group of the same name.
func (c caller) createGroup(name, config string) {
	c.t.Helper()
	c.codedeploy("CreateApplication", object{"applicationName": name, "computePlatform": "Lambda"}, nil)
	c.codedeploy("CreateDeploymentGroup", object{
		"applicationName": name, "deploymentGroupName": name, "deploymentConfigName": config, "serviceRoleArn": role,
		"deploymentStyle": object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
	}, nil)
}

// deploy starts a deployment of a function's alias live.
func (c caller) deploy(group, function string, current, target int) string {
	c.t.Helper()
	var created struct{ DeploymentID string }
	c.codedeploy("CreateDeployment", deployment(group, function, current, target), &created)
	return created.DeploymentID
}

func deployment(group, function string, current, target int) object {
	spec := fmt.Sprintf(`{"version":0.0,"Resources":[{"f":{"Type":"AWS::Lambda::Function","Properties":
		{"Name":%q,"Alias":"live","CurrentVersion":"%d","TargetVersion":"%d"}}}]}`, function, current, target)
	return object{"applicationName": group, "deploymentGroupName": group,
		"revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": spec}}}
}

// eventually polls until a condition holds, for at most half a minute.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline:
			t.Fatalf("%s did not come about in 30 s", what)
		case <-tick.C:
		}
	}
}
