package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// lateness is how late the shifts of many deployments were in effect, as the server counts them.
type lateness struct {
	deployments int
	succeeded   int
	shifts      int // that were waited for
	p50, p99    time.Duration
}

// rollouts is how many deployments run at once, each with a function of its own, and starters how many are asked for at
// the same time.
const (
	rollouts = 1000
	starters = 32
)

// measureRollouts runs deployments of Linear10PercentEvery1Minute at time scale 60.
func measureRollouts(ctx context.Context, t tools) (l lateness, err error) {
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "rollouts"), "--time-scale", "60")
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	err = s.client.CodeDeploy(ctx, "CreateApplication", object{"applicationName": "bench", "computePlatform": "Lambda"}, nil)
	if err == nil {
		err = each(rollouts, func(n int) error { return s.prepareRollout(ctx, fmt.Sprint("rollout-", n)) })
	}
	if err == nil {
		err = each(rollouts, func(n int) error {
			name := fmt.Sprint("rollout-", n)
			return s.release(ctx, name, name, "live")
		})
	}
	l.deployments = rollouts
	for open := -1; open != 0 && err == nil; {
		time.Sleep(100 * time.Millisecond)
		open, err = s.countDeployments(ctx, "Created", "InProgress")
	}
	if err == nil {
		l.succeeded, err = s.countDeployments(ctx, "Succeeded")
	}
	if err == nil {
		err = s.readLateness(ctx, &l)
	}
	return l, err
}

// each calls do for 0 to n-1, several at once, and returns the first error of each.
func each(n int, do func(int) error) error {
	var next atomic.Int64
	errs := make([]error, starters)
	var running sync.WaitGroup
	for i := range errs {
		running.Go(func() {
			for k := next.Add(1) - 1; k < int64(n) && errs[i] == nil; k = next.Add(1) - 1 {
				errs[i] = do(int(k))
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// release creates a deployment from version 1 to version 2.
func (s *instance) release(ctx context.Context, group, function, alias string) error {
	spec, err := json.Marshal(object{"version": 0.0, "Resources": []object{{"f": object{
		"Type":       "AWS::Lambda::Function",
		"Properties": object{"Name": function, "Alias": alias, "CurrentVersion": "1", "TargetVersion": "2"},
	}}}})
	if err != nil {
		return err
	}
	return s.client.CodeDeploy(ctx, "CreateDeployment", object{
		"applicationName": "bench", "deploymentGroupName": group,
		"revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": string(spec)}},
	}, nil)
}

func (s *instance) prepareRollout(ctx context.Context, name string) error {
	if err := s.create(ctx, name, []byte("#!/bin/sh\n")); err != nil {
		return err
	}
	path := "/2015-03-31/functions/" + name
	for _, step := range []struct {
		method, path string
		body         object
	}{
		{"POST", path + "/versions", object{}},
		{"PUT", path + "/configuration", object{"Description": "second"}},
		{"POST", path + "/versions", object{}},
		{"POST", path + "/aliases", object{"Name": "live", "FunctionVersion": "1"}},
	} {
		if _, err := s.client.Lambda(ctx, step.method, step.path, step.body, nil); err != nil {
			return err
		}
	}
	return s.client.CodeDeploy(ctx, "CreateDeploymentGroup", object{
		"applicationName": "bench", "deploymentGroupName": name, "serviceRoleArn": role,
		"deploymentConfigName": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
		"deploymentStyle":      object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
	}, nil)
}

// countDeployments counts those of a status, page by page.
func (s *instance) countDeployments(ctx context.Context, statuses ...string) (n int, err error) {
	in := object{"includeOnlyStatuses": statuses}
	for {
		var page struct {
			Deployments []string
			NextToken   string
		}
		if err := s.client.CodeDeploy(ctx, "ListDeployments", in, &page); err != nil {
			return n, err
		}
		n += len(page.Deployments)
		if page.NextToken == "" {
			return n, nil
		}
		in["nextToken"] = page.NextToken
	}
}

// readLateness reads the server's own figures: of each shift, how long after its time the alias had moved.
func (s *instance) readLateness(ctx context.Context, l *lateness) error {
	const name = "sluice_rollout_late_seconds"
	r, err := http.NewRequestWithContext(ctx, "GET", s.client.URL+"/_sluice/metrics", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		var seconds float64
		if _, err := fmt.Sscanf(lines.Text(), name+`{quantile="0.5"} %g`, &seconds); err == nil {
			l.p50 = time.Duration(seconds * float64(time.Second))
		}
		if _, err := fmt.Sscanf(lines.Text(), name+`{quantile="0.99"} %g`, &seconds); err == nil {
			l.p99 = time.Duration(seconds * float64(time.Second))
		}
		if _, err := fmt.Sscanf(lines.Text(), name+"_count %d", &l.shifts); err != nil {
			continue
		}
	}
	return lines.Err()
}
