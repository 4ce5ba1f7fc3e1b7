//go:build linux

package host

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestProcessesDieWithTheServer kills a server by SIGKILL; the test binary plays the server.
func TestProcessesDieWithTheServer(t *testing.T) {
	if os.Getenv("HOST_TEST_SERVER") != "" {
		r := newRig(t, nil)
		p := r.Pool(r.custom(t, "h"))
		if err := p.Warm(context.Background(), 3); err != nil {
			t.Fatal(err)
		}
		r.processes.each(func(p *process) {
			for _, pid := range pidsOf(p.program) {
				fmt.Println("pid", pid)
			}
		})
		fmt.Println("ready")
		select {}
	}
	server := exec.Command(os.Args[0], "-test.run=^TestProcessesDieWithTheServer$")
	server.Env = append(os.Environ(), "HOST_TEST_SERVER=1", "TMPDIR="+t.TempDir())
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	var pids []int
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
		if text, ok := strings.CutPrefix(lines.Text(), "pid "); ok {
			pid, err := strconv.Atoi(text)
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	if len(pids) != 3 {
		t.Errorf("processes: %v", pids)
	}
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	for _, pid := range pids {
		eventually(t, fmt.Sprintf("process %d ends", pid), func() bool { return gone(pid) })
	}
}
