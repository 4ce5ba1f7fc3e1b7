package demo

import (
	"context"
	"encoding/json"
	"time"
)

// release is a version's deployment, as its user sees it.
type release struct {
	version, before string // that arrives, and that leaves
	id              string // of the deployment; empty before it is there
	began           time.Time
	last            frame // when it had ended
	bell            bell
	closing         closing
}

// lead is how long the load runs before a deployment and after it, so that both ends can be seen.
const lead = time.Second

// release releases version 2 and, if that goes well, version 3.
func (d *demo) release(ctx context.Context) (r report, err error) {
	d.began = time.Now()
	r.good = release{version: "2", before: "1"}
	if err := d.deploy(ctx, &r.good); err != nil || !r.good.arrived() {
		return r, err
	}
	if err := d.publish(ctx, brokenVersion, badRate); err != nil {
		return r, err
	}
	r.bad = release{version: brokenVersion, before: "2"}
	if err := d.deploy(ctx, &r.bad); err != nil {
		return r, err
	}
	r.bad.closing = d.tally.closing()
	r.bad.bell, err = d.rang(ctx, r.bad.began)
	return r, err
}

// deploy draws a deployment from before its begin until after its end, and after the end of its rollback, if it has one.
func (d *demo) deploy(ctx context.Context, r *release) error {
	start, minute := time.Now(), d.Scale.Here(time.Minute)
	if err := d.watch(ctx, r, func(frame) bool { return opportune(time.Now(), start, minute) }); err != nil {
		return err
	}
	if err := d.create(ctx, r); err != nil {
		return err
	}
	if err := d.watch(ctx, r, func(f frame) bool {
		r.last = f
		return ended(f.status) && (f.rollback == "" || ended(f.rollbackStatus))
	}); err != nil {
		return err
	}
	end := r.last.elapsed
	return d.watch(ctx, r, func(f frame) bool {
		r.last = f // with the answers that were still under way
		return f.settled(f.elapsed-end, minute)
	})
}

// settled reports whether there is nothing more to see so long after the end of a deployment. The alarm may have errors
// in two minutes: those that set it off, and those until the traffic closed.
func (f frame) settled(since, minute time.Duration) bool {
	return since > lead && (f.alarm != ringing || since > lead+2*minute)
}

// opportune reports whether the lead is over and a minute of the cloud has just begun. That is the worst time for a bad
// version to arrive, since the alarm looks at whole minutes: what the demo measures is not luck, and there is something
// to see. Where minutes pass faster than frames come, any time does after one of them.
func opportune(now, start time.Time, minute time.Duration) bool {
	waited := now.Sub(start) - lead
	return waited >= 0 && (now.UnixNano()%int64(minute) < int64(minute)/4 || waited >= minute)
}

func ended(status string) bool {
	return status == "Succeeded" || status == "Failed" || status == "Stopped"
}

// create begins a release. What is answered from now on belongs to it.
func (d *demo) create(ctx context.Context, r *release) error {
	content, err := json.Marshal(object{"version": 0.0, "Resources": []object{{functionName: object{
		"Type": "AWS::Lambda::Function",
		"Properties": object{
			"Name": functionName, "Alias": aliasName, "CurrentVersion": r.before, "TargetVersion": r.version,
		},
	}}}})
	if err != nil {
		return err
	}
	r.began = d.tally.follow(r.version)
	var created struct{ DeploymentID string }
	err = d.client.CodeDeploy(ctx, "CreateDeployment", object{
		"applicationName": groupName, "deploymentGroupName": groupName,
		"revision": object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": string(content)}},
	}, &created)
	r.id = created.DeploymentID
	return err
}

// watch draws a frame every so often until one is the last.
func (d *demo) watch(ctx context.Context, r *release, last func(frame) bool) error {
	ticker := time.NewTicker(d.screen.every())
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
		f, err := d.frame(ctx, r)
		if err != nil {
			return err
		}
		d.screen.draw(f)
		if last(f) {
			return nil
		}
	}
}
