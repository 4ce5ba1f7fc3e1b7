package host

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// attempts are what a function may try and must not achieve. Each returns what it achieved, empty if nothing; an error
// says how it failed. They stop at a cap of their own, so that no machine suffers where there is no limit.
var attempts = map[string]func(e event) (string, error){
	"read":   func(e event) (string, error) { return beginning(os.ReadFile(e.End)) },
	"list":   list,
	"signal": func(e event) (string, error) { return fmt.Sprint("signalled ", e.Times), syscall.Kill(e.Times, 0) },
	"trace":  func(e event) (string, error) { return fmt.Sprint("traced ", e.Times), syscall.PtraceAttach(e.Times) },
	"write":  func(e event) (string, error) { return "written", os.WriteFile(e.End, []byte("x"), 0o600) },
	"fork":   forkEndlessly,
	"open":   openEndlessly,
	"fill":   fillUp,
	"large":  func(event) (string, error) { return "made", os.Truncate(create("/tmp/large"), 1<<40) },
	"flee":   flee,
	"eat":    eatByChildren,
}

// attempt carries one out, and says "achieved: ..." or "failed: ...".
func attempt(e event) string {
	what, err := attempts[e.Text](e)
	if err != nil {
		return "failed: " + err.Error()
	}
	return "achieved: " + what
}

func beginning(b []byte, err error) (string, error) { return fmt.Sprintf("%.40s", b), err }

func create(path string) string {
	if file, err := os.Create(path); err == nil {
		_ = file.Close()
	}
	return path
}

func list(e event) (string, error) {
	found, err := os.ReadDir(e.End)
	var names []string
	for _, entry := range found {
		names = append(names, entry.Name())
	}
	return strings.Join(names, " "), err
}

// forkEndlessly starts processes until it can't, or e.Times of them.
func forkEndlessly(e event) (string, error) {
	var started []*exec.Cmd
	defer func() {
		for _, child := range started {
			_ = child.Process.Kill()
			_ = child.Wait()
		}
	}()
	for range e.Times {
		child := exec.Command("/bin/sleep", "60")
		if err := child.Start(); err != nil {
			return "", fmt.Errorf("after %d: %w", len(started), err)
		}
		started = append(started, child)
	}
	return fmt.Sprint(len(started), " processes"), nil
}

func openEndlessly(e event) (string, error) {
	var files []*os.File
	defer func() {
		for _, file := range files {
			_ = file.Close()
		}
	}()
	for range e.Times {
		file, err := os.Open(os.DevNull)
		if err != nil {
			return "", err
		}
		files = append(files, file)
	}
	return fmt.Sprint(len(files), " files"), nil
}

// fillUp writes e.Times megabytes, each into a file of its own, removed at once if e.End says so, or nothing into as many
// files if it says that, and then waits for its end.
func fillUp(e event) (string, error) {
	megabyte := make([]byte, 1<<20)
	for i := range e.Times {
		file, err := os.Create(fmt.Sprintf("/tmp/.part-%d", i))
		if err != nil {
			return "", err
		}
		switch e.End {
		case "empty":
			_ = file.Close()
			continue
		case "removed":
			_ = os.Remove(file.Name())
		}
		if _, err := file.Write(megabyte); err != nil {
			return "", err
		}
	}
	time.Sleep(time.Minute)
	return "filled", nil
}

// flee leaves a process behind in a session of its own, whose parent ends at once.
func flee(event) (string, error) {
	child := exec.Command("/bin/sh", "-c", "/bin/sh -c 'sleep 3001 & sleep 3002' & sleep 0.1")
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return "fled", child.Run()
}

// eatByChildren starts programs that use memory, which this one does not.
func eatByChildren(event) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), "_HANDLER=eater")
	return "eaten", child.Run()
}
