package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under test, with its process group.
type process struct {
	cmd *exec.Cmd
	// ready is how long it took from the start until it accepted a connection or, if it is asked for more, answered.
	ready time.Duration
}

// start starts a server and waits until it accepts connections on its address.
func start(ctx context.Context, address, program string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	for time.Since(began) < 10*time.Second {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			p.ready = time.Since(began)
			return p, conn.Close()
		}
		time.Sleep(200 * time.Microsecond)
	}
	return nil, errors.Join(fmt.Errorf("%s does not listen on %s", program, address), p.stop())
}

// stop ends the server and the processes that it started.
func (p *process) stop() error {
	if err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop %s: %w", p.cmd.Path, err)
	}
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		<-done
		return err
	}
	return nil // a server that is told to stop ends with whatever code it likes
}

// resident returns the memory that the server's own process has in use, in bytes.
func (p *process) resident() (int64, error) {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, errors.New("the system does not say how much memory a process has")
}

// processorTime returns how long the server's own process has had a processor. The system counts in hundredths of a
// second.
func (p *process) processorTime() (time.Duration, error) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/stat")
	if err != nil {
		return 0, err
	}
	// After the name, which may contain anything but ends with the last bracket, user and system time are the 12th and
	// 13th field (proc_pid_stat(5)).
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0, errors.New("the system does not say how long a process has run")
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	system, also := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * (time.Second / 100), errors.Join(err, also)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
