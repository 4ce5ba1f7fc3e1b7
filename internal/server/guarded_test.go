package server_test

import "fmt"

// guardedGroup describes a deployment group, in the application of its name, whose deployments heed alarms and are rolled
// back by themselves.
func guardedGroup(name, config string, alarms ...string) object {
	heeded := []object{}
	for _, alarm := range alarms {
		heeded = append(heeded, object{"name": alarm})
	}
	return object{
		"applicationName": name, "deploymentGroupName": name, "deploymentConfigName": config, "serviceRoleArn": role,
		"deploymentStyle":    object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
		"alarmConfiguration": object{"enabled": true, "alarms": heeded},
		"autoRollbackConfiguration": object{"enabled": true, "events": []string{
			"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST",
		}},
	}
}

func (c caller) createGuardedGroup(group object) {
	c.t.Helper()
	c.codedeploy("CreateApplication", object{"applicationName": group["applicationName"], "computePlatform": "Lambda"}, nil)
	c.codedeploy("CreateDeploymentGroup", group, nil)
}

// guarded is a deployment before and after whose traffic a hook decides.
func guarded(group, function, hook string, current, target int) object {
	d := deployment(group, function, current, target)
	spec := fmt.Sprintf(`{"version":0.0,"Resources":[{"f":{"Type":"AWS::Lambda::Function","Properties":
		{"Name":%q,"Alias":"live","CurrentVersion":"%d","TargetVersion":"%d"}}}],
		"Hooks":[{"BeforeAllowTraffic":%q},{"AfterAllowTraffic":%q}]}`, function, current, target, hook, hook)
	d["revision"] = object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": spec}}
	return d
}

// sight is what a deployment shows.
type sight struct {
	ID               string `json:"deploymentId"`
	Status           string
	Creator          string
	Overview         struct{ Pending, InProgress, Succeeded, Failed int } `json:"deploymentOverview"`
	ErrorInformation struct{ Code string }
	RollbackInfo     struct{ RollbackDeploymentID, RollbackTriggeringDeploymentID string }
}

func (c caller) sight(id string) sight {
	c.t.Helper()
	var got struct{ DeploymentInfo sight }
	c.codedeploy("GetDeployment", object{"deploymentId": id}, &got)
	return got.DeploymentInfo
}

func (s sight) ended() bool {
	return s.Status == "Succeeded" || s.Status == "Failed" || s.Status == "Stopped"
}

// end waits for a deployment's end.
func (c caller) end(id string) (s sight) {
	c.t.Helper()
	eventually(c.t, "the end of "+id, func() bool { s = c.sight(id); return s.ended() })
	return s
}

// events returns the statuses of a deployment's lifecycle events; none before it has started.
func (c caller) events(deployment, function string) map[string]string {
	c.t.Helper()
	var got struct {
		DeploymentTarget struct {
			LambdaTarget struct {
				LifecycleEvents []struct{ LifecycleEventName, Status string }
			}
		}
	}
	err := c.CodeDeploy(c.t.Context(), "GetDeploymentTarget", object{"deploymentId": deployment, "targetId": function}, &got)
	if err != nil && refusal(err) != "DeploymentNotStartedException" {
		c.t.Fatalf("GetDeploymentTarget: %v", err)
	}
	events := map[string]string{}
	for _, e := range got.DeploymentTarget.LambdaTarget.LifecycleEvents {
		events[e.LifecycleEventName] = e.Status
	}
	return events
}

// listed returns the IDs of a group's deployments, the newest first: those of the first page, or all.
func (c caller) listed(group string, all bool) (ids []string) {
	c.t.Helper()
	in := object{"applicationName": group, "deploymentGroupName": group}
	for {
		var page struct {
			Deployments []string
			NextToken   string
		}
		c.codedeploy("ListDeployments", in, &page)
		ids = append(ids, page.Deployments...)
		if page.NextToken == "" || !all {
			return ids
		}
		in["nextToken"] = page.NextToken
	}
}

func (c caller) cloudwatch(operation string, in, out any) {
	c.t.Helper()
	if err := c.CloudWatch(c.t.Context(), operation, in, out); err != nil {
		c.t.Fatalf("%s: %v", operation, err)
	}
}

// alarm describes an alarm that rings while a metric of the namespace has a sum above zero, and is quiet without data.
func alarm(name, namespace, metric string) object {
	return object{
		"AlarmName": name, "Namespace": namespace, "MetricName": metric, "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
		"Threshold": 0, "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching",
	}
}
