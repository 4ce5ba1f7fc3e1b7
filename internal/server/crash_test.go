package server_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/server"
)

// seed repeats what a test left to chance.
var seed = flag.Uint64("seed", 0, "the seed that a crash test has logged; 0 means another each time")

// chances are where a test's random moments come from. It logs the seed that repeats them, as far as the machine is as busy
// as it was.
func chances(t *testing.T) *rand.Rand {
	t.Helper()
	n := *seed
	if n == 0 {
		n = rand.Uint64()
	}
	t.Logf("repeat with -seed %d", n)
	return rand.New(rand.NewPCG(n, 0))
}

// within is a random time, less than the longest.
func within(r *rand.Rand, longest time.Duration) time.Duration {
	return time.Duration(r.Int64N(int64(longest)))
}

// killable is a server in a process of its own.
type killable struct {
	cmd *exec.Cmd
	caller
}

func startKillable(t *testing.T, data, scale string) *killable {
	t.Helper()
	cmd, out := spawn(t, data, scale)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said %q: %v", line, err)
	}
	address, err := server.FindAddress(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return &killable{cmd, newCaller(t, &client.Client{URL: address.URL, Key: address.Key})}
}

// spawn begins to start a server, which prints a line when it takes requests.
func spawn(t *testing.T, data, scale string) (cmd *exec.Cmd, out io.Reader) {
	t.Helper()
	cmd = exec.Command(os.Args[0], "up", "--listen", "127.0.0.1:0", "--data", data, "--time-scale", scale,
		"--share", openFolder(t, data))
	cmd.Env = append(os.Environ(), runAsSluice+"=1", "GORACE=halt_on_error=1") // a race ends the server, and so the test
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, out
}

func (k *killable) kill() {
	k.cmd.Process.Kill()
	k.cmd.Wait()
}

// A server is killed at random moments of a rollout. After a restart the deployment goes on and ends with the alias on
// the target alone, and all that was acknowledged is there.
func TestKilledAtAnyMomentOfARollout(t *testing.T) {
	t.Parallel()
	kills := 50
	if testing.Short() {
		kills = 5
	}
	const interval = 20 * time.Millisecond // of the linear rollout, at the time scale below
	data, random := t.TempDir(), chances(t)
	s := startKillable(t, data, "3000")
	s.createFunction("f", program())
	s.publish("f", "second")
	s.createGroup("g", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
	var acknowledged []string
	for i := range kills {
		current, target := 1+i%2, 2-i%2
		id := s.deploy("g", "f", current, target)
		acknowledged = append(acknowledged, id)
		published := s.publish("f", fmt.Sprint("round ", i))
		<-time.After(within(random, 12*interval)) // the moment of the kill
		s.kill()
		s = startKillable(t, data, "3000")
		eventually(t, "the deployment's end", func() bool { return s.status(id) != "Created" && s.status(id) != "InProgress" })
		if status := s.status(id); status != "Succeeded" {
			t.Fatalf("round %d: the deployment is %s", i, status)
		}
		s.wantAlias(target)
		s.lambda("GET", "/f/configuration?Qualifier="+strconv.Itoa(published), nil, nil)
	}
	for _, id := range acknowledged {
		if status := s.status(id); status != "Succeeded" {
			t.Errorf("the deployment %s is %s", id, status)
		}
	}
}

func (c caller) status(deployment string) string {
	c.t.Helper()
	var got struct{ DeploymentInfo struct{ Status string } }
	c.codedeploy("GetDeployment", object{"deploymentId": deployment}, &got)
	return got.DeploymentInfo.Status
}

// wantAlias fails unless the alias points to a version alone, and a call reaches it.
func (c caller) wantAlias(version int) {
	c.t.Helper()
	var alias struct {
		FunctionVersion string
		RoutingConfig   *struct{}
	}
	c.lambda("GET", "/f/aliases/live", nil, &alias)
	if alias.FunctionVersion != strconv.Itoa(version) || alias.RoutingConfig != nil {
		c.t.Errorf("the alias is %+v, want version %d alone", alias, version)
	}
	header, err := c.Lambda(context.Background(), "POST", "/2015-03-31/functions/f:live/invocations", object{}, nil)
	if err != nil || header.Get("X-Amz-Executed-Version") != strconv.Itoa(version) {
		c.t.Errorf("version %s ran, %v; want %d", header.Get("X-Amz-Executed-Version"), err, version)
	}
}
