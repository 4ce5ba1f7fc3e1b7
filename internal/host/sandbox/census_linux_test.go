package sandbox

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
)

func TestCensusOfAProcess(t *testing.T) {
	var c Census
	defer c.Close()
	members := c.Take(MembersOf(os.Getpid()))
	if len(members) == 0 || members[len(members)-1] != os.Getpid() {
		t.Fatalf("members %v, want this process, %d", members, os.Getpid())
	}
	resident, proportional := c.Resident(os.Getpid()), c.Proportional(os.Getpid())
	if resident < 1<<20 || resident > 16<<30 || proportional > resident+resident/4 || proportional < 1<<20 {
		t.Errorf("this process has %d bytes, in proportion %d", resident, proportional)
	}
	if size := c.Resident(1 << 30); size != 0 {
		t.Errorf("a process that does not exist has %d bytes", size)
	}
}

// A shell's child and its child are found; one that has left its parent is in a sandbox alone.
func TestCensusOfDescendants(t *testing.T) {
	shell := exec.CommandContext(t.Context(), "sh", "-c", "sh -c 'sleep 60; true' & echo started; wait")
	out, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	var c Census
	defer c.Close()
	defer func() {
		for _, pid := range c.Take(MembersOf(shell.Process.Pid)) {
			p, _ := os.FindProcess(pid)
			_ = p.Kill()
		}
		_ = shell.Wait()
	}()
	_, _ = io.ReadFull(out, make([]byte, len("started")))
	wantMembers(t, &c, MembersOf(shell.Process.Pid), 3)
}

func TestCensusOfASandbox(t *testing.T) {
	runtime.LockOSThread()
	for _, kind := range []string{separate, restricted} {
		t.Run(kind, func(t *testing.T) {
			if s := Probe(os.StartProcess); kind == separate && s.Namespaces != nil {
				t.Skipf("not on this machine: %v", s.Namespaces)
			}
			spec := shell("(setsid sleep 60 &) ; exec 3>/dev/shm/f; rm /dev/shm/f; head -c 8192 /dev/zero >&3; sleep 60; true")
			spec.Entries = append(spec.Entries, Entry{Path: "/dev", From: "/dev", Kind: Writable})
			if kind == separate {
				spec.Entries = Arrange(System())
			}
			p, err := launcher(t, kind).Start(spec, null(t))
			if err != nil {
				t.Fatal(err)
			}
			defer p.discard()
			var c Census
			defer c.Close()
			eventually(t, "a file in no folder is seen", func() bool { return unlinked(&c, p.Members()) == 8192 })
			wantMembers(t, &c, p.Members(), 3) // shell, orphan, child; not the keeper
		})
	}
}

func wantMembers(t *testing.T, c *Census, m Members, want int) {
	t.Helper()
	eventually(t, strconv.Itoa(want)+" members", func() bool { return len(c.Take(m)) == want })
	eventually(t, "members with memory", func() bool {
		return !slices.ContainsFunc(c.Take(m), func(pid int) bool { return c.Resident(pid) == 0 })
	})
}

func unlinked(c *Census, m Members) int64 {
	seen := map[uint64]int64{}
	for _, pid := range c.Take(m) {
		c.Unlinked(pid, func(inode uint64, size int64) { seen[inode] = size })
	}
	var total int64
	for _, size := range seen {
		total += size
	}
	return total
}

// A census is taken so often that what it leaves to collect would show.
func TestCensusAllocatesLittle(t *testing.T) {
	var c Census
	defer c.Close()
	m := MembersOf(os.Getpid())
	if n := testing.AllocsPerRun(100, func() { c.Resident(c.Take(m)[0]) }); n > 3 {
		t.Errorf("%v allocations", n)
	}
}

// More is read than there is room for at first.
func TestLongTexts(t *testing.T) {
	var p procFolder
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "7"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "7", "children"), make([]byte, 3*firstRead+1), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := p.openAt(folder); err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if got := len(p.read(7, "children", 0, "")); got != 3*firstRead+1 {
		t.Errorf("read %d bytes", got)
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]struct {
		n    int
		rest string
	}{"": {0, ""}, "12": {12, ""}, "12 34": {12, "34"}, "x1": {0, "1"}, "0\n": {0, ""}} {
		if n, rest := number([]byte(text)); n != want.n || string(rest) != want.rest {
			t.Errorf("number(%q) = %d, %q", text, n, rest)
		}
	}
}

// eventually waits for something that happens in another process.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !happened() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}
