package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"sluice/internal/clock"
	"sluice/internal/demo"
)

// guarded is how long it took, again and again, until a version that fails had no traffic any more: from the end of the
// period that made its alarm ring.
type guarded struct {
	scale    clock.Scale
	period   time.Duration   // the alarm's, of the cloud
	closings []time.Duration // sorted
}

// The function whose versions are guarded runs the demo's program, which fails each call if its rate is no number.
const (
	guardedName       = "guarded"
	guardedPath       = "/2015-03-31/functions/" + guardedName
	goodRate, badRate = "7", "seven"
)

// measureGuard releases a version that fails, by a canary of 10 %, as often as is asked for: each time on an alias of its
// own, which has an alarm on its errors, and at another moment of the alarm's period.
func measureGuard(ctx context.Context, t tools, scale clock.Scale, period time.Duration, repetitions int) (g guarded, err error) {
	g = guarded{scale: scale, period: period}
	flag := strconv.FormatFloat(float64(scale), 'g', -1, 64)
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "guard-"+flag), "--time-scale", flag)
	if err != nil {
		return g, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if err := s.createBroken(ctx, t); err != nil {
		return g, err
	}
	for n := range repetitions {
		took, err := s.measureClosing(ctx, fmt.Sprint("live-", n), scale, period)
		if err != nil {
			return g, fmt.Errorf("close a version's traffic at time scale %s: %w", flag, err)
		}
		g.closings = append(g.closings, took)
	}
	slices.Sort(g.closings)
	return g, nil
}

// createBroken makes a function of which version 1 works and version 2 fails, and an application for its deployments.
func (s *instance) createBroken(ctx context.Context, t tools) error {
	program, err := os.ReadFile(t.sluice)
	if err != nil {
		return err
	}
	code, err := demo.Package(program)
	if err != nil {
		return err
	}
	rate := func(value string) object { return object{"Variables": object{demo.RateVariable: value}} }
	return errors.Join(
		s.lambda(ctx, "POST", "/2015-03-31/functions", object{
			"FunctionName": guardedName, "Runtime": "provided.al2023", "Handler": demo.Handler, "Role": role,
			"Code": object{"ZipFile": code}, "Environment": rate(goodRate),
		}),
		s.lambda(ctx, "POST", guardedPath+"/versions", object{}),
		s.lambda(ctx, "PUT", guardedPath+"/configuration", object{"Environment": rate(badRate)}),
		s.lambda(ctx, "POST", guardedPath+"/versions", object{}),
		s.client.CodeDeploy(ctx, "CreateApplication", object{"applicationName": "bench", "computePlatform": "Lambda"}, nil),
	)
}

func (s *instance) lambda(ctx context.Context, method, path string, body object) error {
	_, err := s.client.Lambda(ctx, method, path, body, nil)
	return err
}

// grace is how long callers go on when the alias says that it is closed, to see whether it is.
const grace = 100 * time.Millisecond

// measureClosing releases the version that fails on a new alias which is called all the time, and returns how long after the end
// of the period that breached the alias and its callers were rid of it.
func (s *instance) measureClosing(ctx context.Context, alias string, scale clock.Scale, period time.Duration) (time.Duration, error) {
	if err := s.guard(ctx, alias, period); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*scale.Here(period)+10*time.Second)
	defer cancel()
	v := visit(ctx, s.client, guardedPath+":"+alias+"/invocations", "2")
	defer v.end()
	time.Sleep(rand.N(scale.Here(period))) // so that no moment of the period is preferred
	began := time.Now()
	if err := s.release(ctx, alias, guardedName, alias); err != nil {
		return 0, err
	}
	closed, err := s.awaitClosing(ctx, alias)
	if err != nil {
		return 0, err
	}
	time.Sleep(grace)
	if last := v.end(); last.After(closed) {
		closed = last
	}
	rings, err := s.rings(ctx, alias, began, scale.Here(period))
	if err == nil && len(rings) != 1 {
		err = fmt.Errorf("the alarm began to ring %d times", len(rings))
	}
	if err != nil {
		return 0, err
	}
	return closed.Sub(rings[0].period), nil
}

// guard makes an alias of version 1, an alarm that one failed call in a period sets off, and a deployment group that is
// rolled back by it.
func (s *instance) guard(ctx context.Context, alias string, period time.Duration) error {
	return errors.Join(
		s.lambda(ctx, "POST", guardedPath+"/aliases", object{"Name": alias, "FunctionVersion": "1"}),
		s.client.CloudWatch(ctx, "PutMetricAlarm", object{
			"AlarmName": alias, "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": period / time.Second,
			"Dimensions": []object{
				{"Name": "FunctionName", "Value": guardedName}, {"Name": "Resource", "Value": guardedName + ":" + alias},
			},
			"ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": 1, "EvaluationPeriods": 1,
			"TreatMissingData": "notBreaching",
		}, nil),
		s.client.CodeDeploy(ctx, "CreateDeploymentGroup", object{
			"applicationName": "bench", "deploymentGroupName": alias, "serviceRoleArn": role,
			"deploymentConfigName":      "CodeDeployDefault.LambdaCanary10Percent30Minutes",
			"deploymentStyle":           object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
			"alarmConfiguration":        object{"enabled": true, "alarms": []object{{"name": alias}}},
			"autoRollbackConfiguration": object{"enabled": true, "events": []string{"DEPLOYMENT_STOP_ON_ALARM"}},
		}, nil),
	)
}

// awaitClosing asks for an alias until its two versions have become one again, and returns when that was answered.
func (s *instance) awaitClosing(ctx context.Context, alias string) (time.Time, error) {
	for opened := false; ; time.Sleep(time.Millisecond) {
		var now struct {
			FunctionVersion string
			RoutingConfig   struct{ AdditionalVersionWeights map[string]float64 }
		}
		if _, err := s.client.Lambda(ctx, "GET", guardedPath+"/aliases/"+alias, nil, &now); err != nil {
			return time.Time{}, fmt.Errorf("wait until alias %s is closed (it was open: %v): %w", alias, opened, err)
		}
		weighted := len(now.RoutingConfig.AdditionalVersionWeights) > 0
		switch {
		case now.FunctionVersion != "1":
			return time.Time{}, fmt.Errorf("alias %s was not closed: it points to version %s", alias, now.FunctionVersion)
		case opened && !weighted:
			return time.Now(), nil
		}
		opened = opened || weighted
	}
}
