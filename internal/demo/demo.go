package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"sluice/internal/client"
	"sluice/internal/clock"
	"sluice/internal/server"
)

// Config says how the demo runs.
type Config struct {
	Out        io.Writer
	Terminal   bool   // Out can redraw a line; otherwise each frame is a line of its own
	Executable string // this program's file, which the function runs
	Scale      clock.Scale
}

const (
	functionName = "demo"
	aliasName    = "live"
	groupName    = "demo"
	configName   = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"
	role         = "arn:aws:iam::000000000000:role/demo"
)

// How long the server may take to answer, on a machine that is busy with other things and unpacks a large program first,
// and to end.
const (
	answerTime = 2 * time.Minute
	closeTime  = 10 * time.Second
)

// errInterrupted is the end of a demo that was not seen through.
var errInterrupted = errors.New("interrupted before the deployment had ended")

// Run runs the demo. It fails if a request fails, if the deployment does not succeed, and if ctx ends before that: then
// nothing is summed up.
func Run(ctx context.Context, cfg Config) (err error) {
	folder, err := os.MkdirTemp("", "sluice-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	s, err := server.Start(ctx, server.Config{
		Listen: "127.0.0.1:0", Data: folder, Scale: cfg.Scale, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		err = errors.Join(err, s.Close(closing))
	}()
	d := &demo{Config: cfg, tally: newTally(), client: &client.Client{
		URL: s.URL(), Key: s.Key(),
		HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: callers + 2}, Timeout: answerTime},
	}}
	fmt.Fprintf(cfg.Out, "A server on %s, %d callers of one alias.\n%s: a minute takes %v.\n\n",
		s.URL(), callers, configName, cfg.Scale.Here(time.Minute))
	if err = d.prepare(ctx); err != nil {
		err = unlessEnded(ctx, fmt.Errorf("prepare the demo: %w", err))
	} else {
		err = d.run(ctx)
	}
	if err == nil && ctx.Err() != nil {
		err = errInterrupted
	}
	return err
}

type demo struct {
	Config
	client *client.Client
	tally  *tally
	screen screen
}

// object is a JSON object.
type object map[string]any

// prepare makes a function with two versions, an alias that points to the first, and a deployment group.
func (d *demo) prepare(ctx context.Context) error {
	program, err := os.ReadFile(d.Executable)
	if err != nil {
		return err
	}
	code, err := Package(program)
	if err != nil {
		return err
	}
	function := "/2015-03-31/functions/" + functionName
	steps := []struct {
		method, path string
		body         object
	}{
		{"POST", "/2015-03-31/functions", object{
			"FunctionName": functionName, "Runtime": "provided.al2023", "Handler": Handler, "Role": role,
			"Code": object{"ZipFile": code}, "Publish": true, "Description": "the version that leaves",
		}},
		{"POST", function + "/aliases", object{"Name": aliasName, "FunctionVersion": "1"}},
		{"POST", function + "/versions", object{}}, // settles the creation: nothing has changed, so version 1 answers
		{"PUT", function + "/configuration", object{"Description": "the version that arrives"}},
		{"POST", function + "/versions", object{}},
	}
	for _, step := range steps {
		if _, err := d.client.Lambda(ctx, step.method, step.path, step.body, nil); err != nil {
			return fmt.Errorf("%s %s: %w", step.method, step.path, err)
		}
	}
	return errors.Join(
		d.client.CodeDeploy(ctx, "CreateApplication", object{"applicationName": groupName, "computePlatform": "Lambda"}, nil),
		d.client.CodeDeploy(ctx, "CreateDeploymentGroup", object{
			"applicationName": groupName, "deploymentGroupName": groupName, "deploymentConfigName": configName,
			"serviceRoleArn":  role,
			"deploymentStyle": object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
		}, nil),
	)
}

const revision = `{"version":0.0,"Resources":[{"demo":{"Type":"AWS::Lambda::Function","Properties":
{"Name":"` + functionName + `","Alias":"` + aliasName + `","CurrentVersion":"1","TargetVersion":"2"}}}]}`

// run deploys under load and draws until the deployment has ended.
func (d *demo) run(ctx context.Context) error {
	loading, stop := context.WithCancel(ctx)
	loaded := make(chan struct{})
	go func() {
		defer close(loaded)
		load(loading, d.client, "/2015-03-31/functions/"+functionName+":"+aliasName+"/invocations", d.tally)
	}()
	last, err := d.show(ctx)
	stop()
	<-loaded
	if err != nil || ctx.Err() != nil {
		return err
	}
	last.look = d.tally.look()
	fmt.Fprint(d.Out, last.summary())
	if last.failed > 0 || last.status != "Succeeded" {
		return fmt.Errorf("the deployment is %s, and %d requests failed", last.status, last.failed)
	}
	return nil
}

// show deploys with a screen to draw on.
func (d *demo) show(ctx context.Context) (last frame, err error) {
	d.screen = lines{d.Out}
	if d.Terminal {
		d.screen = openTerminal(ctx, d.Out)
	}
	defer func() { err = errors.Join(err, d.screen.close()) }()
	last, err = d.deploy(ctx)
	return last, unlessEnded(ctx, err)
}

// unlessEnded drops an error that only says that ctx has ended.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// lead is how long the load runs before the deployment and after it, so that both ends can be seen.
const lead = time.Second

func (d *demo) deploy(ctx context.Context) (frame, error) {
	began := time.Now()
	if err := d.watch(ctx, "", began, func(f frame) bool { return f.elapsed >= lead }); err != nil {
		return frame{}, err
	}
	var created struct{ DeploymentID string }
	err := d.client.CodeDeploy(ctx, "CreateDeployment", object{
		"applicationName": groupName, "deploymentGroupName": groupName,
		"revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": revision}},
	}, &created)
	if err != nil {
		return frame{}, err
	}
	var ended frame
	err = d.watch(ctx, created.DeploymentID, began, func(f frame) bool {
		ended = f
		return f.status == "Succeeded" || f.status == "Failed" || f.status == "Stopped"
	})
	if err == nil {
		err = d.watch(ctx, created.DeploymentID, began, func(f frame) bool { return f.elapsed > ended.elapsed+lead })
	}
	return ended, err
}

// watch draws a frame every so often until one is the last.
func (d *demo) watch(ctx context.Context, deployment string, began time.Time, last func(frame) bool) error {
	ticker := time.NewTicker(d.screen.every())
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		f, err := d.frame(ctx, deployment)
		if err != nil {
			return err
		}
		f.elapsed = time.Since(began)
		d.screen.draw(f)
		if last(f) {
			return nil
		}
	}
}

// frame asks the server where the alias and the deployment are.
func (d *demo) frame(ctx context.Context, deployment string) (frame, error) {
	var alias struct {
		FunctionVersion string
		RoutingConfig   struct{ AdditionalVersionWeights map[string]float64 }
	}
	if _, err := d.client.Lambda(ctx, "GET", "/2015-03-31/functions/"+functionName+"/aliases/"+aliasName, nil, &alias); err != nil {
		return frame{}, err
	}
	f := frame{look: d.tally.look(), weight: alias.RoutingConfig.AdditionalVersionWeights["2"]}
	if alias.FunctionVersion == "2" {
		f.weight = 1
	}
	if deployment == "" {
		return f, nil
	}
	var answer struct {
		DeploymentInfo struct {
			Status                  string
			StartTime, CompleteTime float64 // seconds since 1970
		}
	}
	err := d.client.CodeDeploy(ctx, "GetDeployment", object{"deploymentId": deployment}, &answer)
	info := answer.DeploymentInfo
	f.status = info.Status
	f.took = time.Duration((info.CompleteTime - info.StartTime) * float64(time.Second))
	return f, err
}
