package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// lateness is how late the weights of many deployments were moved, as their aliases' answers show.
type lateness struct {
	deployments int
	succeeded   int
	p50, p99    time.Duration
}

// rollouts is how many deployments run at once, each with a function of its own.
const rollouts = 1000

// measureRollouts starts deployments of Linear10PercentEvery1Minute at time scale 60 and reads from their targets when
// they ended: nine intervals of a second after their first step, or later.
func measureRollouts(ctx context.Context, t tools) (l lateness, err error) {
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "rollouts"), "--time-scale", "60")
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	ids, err := s.startRollouts(ctx)
	if err != nil {
		return l, err
	}
	l.deployments = len(ids)
	var late []time.Duration
	for _, id := range ids {
		ended, err := s.awaitDeployment(ctx, id)
		if err != nil {
			return l, err
		}
		if ended.status == "Succeeded" {
			l.succeeded++
		}
		late = append(late, ended.late)
	}
	slices.Sort(late)
	l.p50, l.p99 = late[len(late)/2], late[len(late)*99/100]
	return l, nil
}

// startRollouts makes functions with two versions and an alias, and deploys all of them.
func (s *instance) startRollouts(ctx context.Context) (ids []string, err error) {
	err = s.client.CodeDeploy(ctx, "CreateApplication", object{"applicationName": "bench", "computePlatform": "Lambda"}, nil)
	for n := 0; n < rollouts && err == nil; n++ {
		err = s.prepareRollout(ctx, fmt.Sprint("rollout-", n))
	}
	for n := 0; n < rollouts && err == nil; n++ {
		name := fmt.Sprint("rollout-", n)
		spec := fmt.Sprintf(`{"version":0.0,"Resources":[{"f":{"Type":"AWS::Lambda::Function","Properties":
			{"Name":%q,"Alias":"live","CurrentVersion":"1","TargetVersion":"2"}}}]}`, name)
		var created struct{ DeploymentID string }
		err = s.client.CodeDeploy(ctx, "CreateDeployment", object{
			"applicationName": "bench", "deploymentGroupName": name,
			"revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": spec}},
		}, &created)
		ids = append(ids, created.DeploymentID)
	}
	return ids, err
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

// ended is a deployment's end.
type ended struct {
	status string
	// late is how much longer than nine intervals it took from the first weight to the last. Each of the nine waits
	// begins when the step before was due, so this is the lateness of the last step.
	late time.Duration
}

func (s *instance) awaitDeployment(ctx context.Context, id string) (ended, error) {
	for {
		var target struct {
			DeploymentTarget struct {
				LambdaTarget struct {
					Status          string
					LifecycleEvents []struct {
						LifecycleEventName string
						StartTime, EndTime float64
					}
				}
			}
		}
		err := s.client.CodeDeploy(ctx, "GetDeploymentTarget", object{"deploymentId": id, "targetId": "rollout"}, &target)
		if err != nil {
			return ended{}, err
		}
		got := target.DeploymentTarget.LambdaTarget
		if got.Status == "Pending" || got.Status == "InProgress" {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		for _, event := range got.LifecycleEvents {
			if event.LifecycleEventName == "AllowTraffic" {
				took := time.Duration((event.EndTime - event.StartTime) * float64(time.Second))
				return ended{got.Status, took - 9*time.Second}, nil
			}
		}
		return ended{}, fmt.Errorf("the deployment %s has no event AllowTraffic", id)
	}
}
