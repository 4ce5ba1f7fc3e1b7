package server_test

import (
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"
)

// A server is killed 200 times, at random moments of guarded rollouts, of what follows them, and of its start. Hooks
// report either way or not at all, alarms ring, somebody stops deployments, and metrics, logs and alarms are written.
func TestKilledAtAnyMomentOfAGuardedRollout(t *testing.T) {
	t.Parallel()
	kills := 200
	if testing.Short() {
		kills = 5
	}
	s := newSiege(t)
	for range kills {
		s.live()
	}
	s.rise()
	s.settle()
	s.checkAll()
	s.checkFree()
	t.Logf("%d kills: %s", kills, s.tally())
	if !testing.Short() && (s.succeeded == 0 || len(s.causes) < 3) {
		t.Errorf("%d deployments succeeded and %v failed, too few to say anything", s.succeeded, s.causes)
	}
}

// siegeScale makes a minute of the cloud last 20 ms, and the hour of a hook 1.2 s.
const siegeScale = "3000"

// lifetime is how long a server lives at most: longer than most deployments take.
const lifetime = 250 * time.Millisecond

// siege is a server on one folder, killed again and again, and what has to be there when it is up.
type siege struct {
	t           *testing.T
	data, diary string
	random      *rand.Rand
	server      *killable
	records     records

	current   int  // the version that the alias points to when no deployment is under way
	open      bool // a deployment may be under way
	mu        sync.Mutex
	deployed  string // the deployment that was acknowledged and may be under way; guarded by mu
	checked   map[string]bool
	causes    map[string]int // how many deployments failed by each
	succeeded int
}

// groups are the deployment groups: one rolls back at once, as on AWS, the other in steps.
var groups = []string{"once", "steps"}

func newSiege(t *testing.T) *siege {
	s := &siege{t: t, data: t.TempDir(), random: chances(t), current: 1, checked: map[string]bool{}, causes: map[string]int{}}
	s.diary = newDiary(t, s.data)
	s.rise()
	c := s.server.caller
	c.createFunction("f", program())
	c.publish("f", "second")
	c.createHook("hook", fickle, s.diary)
	c.codedeploy("CreateDeploymentConfig", object{"deploymentConfigName": "quarters", "computePlatform": "Lambda",
		"trafficRoutingConfig": object{"type": "TimeBasedLinear", "timeBasedLinear": object{"linearPercentage": 25, "linearInterval": 1}}}, nil)
	c.cloudwatch("PutMetricAlarm", alarm("trouble", "siege", "trouble"), nil)
	c.cloudwatch("PutMetricAlarm", alarm("by-hand", "siege", "nothing"), nil)
	for _, name := range groups {
		group := guardedGroup(name, "quarters", "trouble", "by-hand")
		if name == "steps" {
			group["tags"] = []object{{"Key": "sluice:rollback", "Value": "quarters"}}
		}
		c.createGuardedGroup(group)
	}
	s.records.prepare(c)
	s.server.kill()
	return s
}

func (s *siege) rise() { s.server = startKillable(s.t, s.data, siegeScale) }

// live is a server's life.
func (s *siege) live() {
	r := s.random
	if r.IntN(6) == 0 {
		s.stillborn(within(r, 50*time.Millisecond))
		return
	}
	s.rise()
	if r.IntN(2) == 0 {
		s.settle()
	}
	group, wait, chance := groups[r.IntN(len(groups))], within(r, lifetime/2), r.IntN(100)
	var work sync.WaitGroup
	work.Go(func() { s.deploy(group) })
	work.Go(func() { s.trouble(wait, chance) })
	work.Go(func() { s.records.write(s.server.caller) })
	<-time.After(within(r, lifetime))
	s.server.kill()
	work.Wait()
}

// stillborn is the life of a server that is killed while it starts.
func (s *siege) stillborn(after time.Duration) {
	cmd, _ := spawn(s.t, s.data, siegeScale)
	<-time.After(after)
	cmd.Process.Kill()
	cmd.Wait()
}

// deploy begins a deployment unless one may be under way.
func (s *siege) deploy(group string) {
	if s.open {
		return
	}
	s.open = true
	var created struct{ DeploymentID string }
	in := guarded(group, "f", "hook", s.current, s.other())
	if err := s.server.CodeDeploy(s.t.Context(), "CreateDeployment", in, &created); err != nil {
		lost(s.t, err)
		return
	}
	s.mu.Lock()
	s.deployed = created.DeploymentID
	s.mu.Unlock()
}

// other is the version that the alias does not point to.
func (s *siege) other() int { return 3 - s.current }

// trouble does what ends a deployment, by chance: a number below 100.
func (s *siege) trouble(wait time.Duration, chance int) {
	<-time.After(wait)
	ctx := s.t.Context()
	var err error
	switch {
	case chance < 20:
		err = s.server.CloudWatch(ctx, "PutMetricData", datum("trouble"), nil)
	case chance < 35:
		err = s.server.CloudWatch(ctx, "SetAlarmState", object{"AlarmName": "by-hand", "StateValue": "ALARM", "StateReason": "a test"}, nil)
	case chance < 45:
		s.mu.Lock()
		id := s.deployed
		s.mu.Unlock()
		if id == "" {
			return
		}
		err = s.server.CodeDeploy(ctx, "StopDeployment", object{"deploymentId": id}, nil)
		if refusal(err) == "DeploymentAlreadyCompletedException" {
			return
		}
	}
	lost(s.t, err)
}

// lost reports whether a call got no answer, as it is with a server that is killed. An answer that refuses the call fails
// the test.
func lost(t testing.TB, err error) bool {
	if refusal(err) != "" {
		t.Errorf("the call was refused: %v", err)
	}
	return err != nil
}

func datum(metric string) object {
	return object{"Namespace": "siege", "MetricData": []object{{"MetricName": metric, "Value": 1}}}
}

// settle waits until no deployment is under way, and checks what the last one has left, and the records.
func (s *siege) settle() {
	s.t.Helper()
	s.records.check(s.server.caller)
	if !s.open {
		return
	}
	var own *sight
	for _, each := range s.news() {
		if each.RollbackInfo.RollbackTriggeringDeploymentID == "" {
			if own != nil {
				s.t.Fatalf("both %s and %s were made", own.ID, each.ID)
			}
			own = &each
		}
	}
	if s.deployed != "" && (own == nil || own.ID != s.deployed) {
		s.t.Fatalf("%s was acknowledged and is not there", s.deployed)
	}
	if own != nil {
		s.checkHooks(own.ID)
		if own.Status == "Succeeded" {
			s.current = s.other()
			s.succeeded++
		} else {
			s.causes[own.ErrorInformation.Code]++
		}
	}
	s.wantAlias()
	s.open, s.deployed = false, ""
}

// news are the deployments that were not looked at before, once they and those that follow them have ended.
func (s *siege) news() (list []sight) {
	s.t.Helper()
	for again := true; again; {
		again = false
		for _, group := range groups {
			for _, id := range s.server.listed(group, false) {
				if !s.checked[id] {
					s.checked[id], again = true, true
					list = append(list, s.server.end(id))
				}
			}
		}
	}
	checkLinks(s.t, list)
	return list
}

func (s *siege) wantAlias() {
	s.t.Helper()
	var alias struct {
		FunctionVersion string
		RoutingConfig   *struct{}
	}
	s.server.lambda("GET", "/f/aliases/live", nil, &alias)
	if alias.FunctionVersion != strconv.Itoa(s.current) || alias.RoutingConfig != nil {
		s.t.Fatalf("the alias is %+v, want version %d alone", alias, s.current)
	}
}
