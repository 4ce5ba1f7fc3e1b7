package demo

import (
	"context"
	"encoding/json"
	"time"
)

// frame asks the server where the alias, the alarm and a release are.
func (d *demo) frame(ctx context.Context, r *release) (frame, error) {
	f := frame{version: r.version}
	err := inOrder(
		func() error { return d.askAlias(ctx, &f) },
		func() error { return d.askAlarm(ctx, &f) },
		func() error { return d.askDeployments(ctx, r.id, &f) },
	)
	f.look, f.elapsed = d.tally.look(), time.Since(d.began)
	return f, err
}

func (d *demo) askAlias(ctx context.Context, f *frame) error {
	var alias struct {
		FunctionVersion string
		RoutingConfig   struct{ AdditionalVersionWeights map[string]float64 }
	}
	_, err := d.client.Lambda(ctx, "GET", functionPath+"/aliases/"+aliasName, nil, &alias)
	weights := alias.RoutingConfig.AdditionalVersionWeights
	if f.weight = weights[f.version]; alias.FunctionVersion == f.version {
		f.weight = 1
	}
	if len(weights) == 0 {
		f.alias = alias.FunctionVersion
	}
	return err
}

func (d *demo) askAlarm(ctx context.Context, f *frame) error {
	var answer struct{ MetricAlarms []struct{ StateValue string } }
	err := d.client.CloudWatch(ctx, "DescribeAlarms", object{"AlarmNames": []string{alarmName}}, &answer)
	for _, a := range answer.MetricAlarms {
		f.alarm = a.StateValue
	}
	return err
}

// askDeployments asks for a deployment and, if it was rolled back, for what does that. No id is no deployment.
func (d *demo) askDeployments(ctx context.Context, id string, f *frame) error {
	if id == "" {
		return nil
	}
	info, err := d.deployment(ctx, id)
	f.status, f.cause = info.Status, info.ErrorInformation.Code
	f.took = time.Duration((info.CompleteTime - info.StartTime) * float64(time.Second))
	f.rollback = info.RollbackInfo.RollbackDeploymentID
	if err != nil || f.rollback == "" {
		return err
	}
	back, err := d.deployment(ctx, f.rollback)
	f.rollbackStatus = back.Status
	return err
}

// deployment is what GetDeployment answers of one.
type deployment struct {
	Status                  string
	StartTime, CompleteTime float64 // seconds since 1970
	ErrorInformation        struct{ Code string }
	RollbackInfo            struct{ RollbackDeploymentID string }
}

func (d *demo) deployment(ctx context.Context, id string) (deployment, error) {
	var answer struct{ DeploymentInfo deployment }
	err := d.client.CodeDeploy(ctx, "GetDeployment", object{"deploymentId": id}, &answer)
	return answer.DeploymentInfo, err
}

// bell is when the alarm began to ring. It is zero if it did not.
type bell struct {
	rang   time.Time
	period time.Time // the end of the period that set it off
}

// rang asks for the first time since a moment that the alarm began to ring.
func (d *demo) rang(ctx context.Context, since time.Time) (bell, error) {
	var answer struct {
		AlarmHistoryItems []struct {
			Timestamp   float64 // seconds since 1970
			HistoryData string
		}
	}
	err := d.client.CloudWatch(ctx, "DescribeAlarmHistory", object{
		"AlarmName": alarmName, "HistoryItemType": "StateUpdate", "ScanBy": "TimestampAscending",
		"StartDate": float64(since.UnixMilli()) / 1e3,
	}, &answer)
	if err != nil {
		return bell{}, err
	}
	for _, item := range answer.AlarmHistoryItems {
		began, rings, err := ring(item.HistoryData)
		if err != nil || rings {
			return bell{time.UnixMicro(int64(item.Timestamp * 1e6)), began.Add(d.Scale.Here(time.Minute))}, err
		}
	}
	return bell{}, nil
}

// ring reads a change of state from an alarm's history: whether the alarm rings since, and when the period began that
// decided it.
func ring(data string) (began time.Time, rings bool, err error) {
	var change struct {
		NewState struct {
			StateValue      string
			StateReasonData struct {
				EvaluatedDatapoints []struct{ Timestamp string } // the newest first
			}
		}
	}
	if err := json.Unmarshal([]byte(data), &change); err != nil {
		return began, false, err
	}
	points := change.NewState.StateReasonData.EvaluatedDatapoints
	if change.NewState.StateValue != ringing || len(points) == 0 {
		return began, false, nil
	}
	began, err = time.Parse("2006-01-02T15:04:05.000-0700", points[0].Timestamp)
	return began, true, err
}
