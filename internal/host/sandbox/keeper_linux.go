package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// socket is the number of the file by which keeper and server talk.
const socket = 3

// keep is the keeper's life. It runs on the process's first thread, which Go keeps for init: what the thread is
// restricted to holds for the program too, and the program is killed when the thread ends.
func keep() {
	conn, err := openSocket()
	if err != nil {
		return // nobody is there to be told
	}
	answer := json.NewEncoder(conn)
	o, out, err := receive(conn)
	if err != nil {
		return // the server is gone
	}
	k := keeper{order: o, out: out}
	if failed := k.start(); failed.Step != "" {
		_ = answer.Encode(failed)
		return
	}
	_ = unix.Close(out) // the pipe ends when the program and its children have
	if answer.Encode(report{}) != nil {
		k.killAll()
		return
	}
	go func() { // the server closes its end to have all killed, and when it dies
		_, _ = io.Copy(io.Discard, conn)
		k.killAll()
		os.Exit(0)
	}()
	status := k.wait()
	if o.Kind == restricted {
		k.killAll()
	}
	_ = answer.Encode(report{Status: status})
}

func openSocket() (*net.UnixConn, error) {
	unix.CloseOnExec(socket)
	file := os.NewFile(socket, "server")
	conn, err := net.FileConn(file)
	_ = file.Close()
	if err != nil {
		return nil, err
	}
	c, ok := conn.(*net.UnixConn)
	if !ok {
		return nil, errors.New("the server's file is no socket")
	}
	return c, nil
}

// receive takes the program's output and the order.
func receive(conn *net.UnixConn) (o order, out int, err error) {
	var first [1]byte
	rights := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := conn.ReadMsgUnix(first[:], rights)
	if err != nil {
		return o, 0, err
	}
	messages, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil || len(messages) != 1 {
		return o, 0, errors.Join(err, io.ErrUnexpectedEOF)
	}
	files, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(files) != 1 {
		return o, 0, errors.Join(err, io.ErrUnexpectedEOF)
	}
	unix.CloseOnExec(files[0])
	return o, files[0], json.NewDecoder(conn).Decode(&o)
}

// keeper builds a sandbox around itself and starts a program in it.
type keeper struct {
	order
	out int // the program's output
	pid int // the program's number
}

// start returns what went wrong, in which step.
func (k *keeper) start() report {
	build := k.separate
	if k.Kind == restricted {
		build = k.restrict
	}
	if step, err := build(); err != nil {
		return failure(step, err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return failure("give up privileges", err)
	}
	if err := k.fork(); err != nil {
		return failure(stepStart, err)
	}
	return report{}
}

func failure(step string, err error) report {
	r := report{Step: step, Cause: err.Error()}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		r.Errno = errno
	}
	return r
}

// wait collects whatever ends until it is the program.
func (k *keeper) wait() syscall.WaitStatus {
	for {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, 0, nil)
		switch {
		case pid == k.pid && (status.Exited() || status.Signaled()):
			return syscall.WaitStatus(status)
		case err != nil && !errors.Is(err, unix.EINTR): // others have collected it
			return syscall.WaitStatus(unix.SIGKILL)
		}
	}
}

// killAll ends the program and all that it has started. What loses its parent meanwhile becomes the keeper's, so that
// in the end nothing is left. Process 1 need not do this: the kernel does when it ends.
func (k *keeper) killAll() {
	if os.Getpid() == 1 {
		return
	}
	for {
		for _, pid := range Descendants(os.Getpid()) {
			_ = unix.Kill(pid, unix.SIGKILL)
		}
		if _, err := unix.Wait4(-1, nil, 0, nil); errors.Is(err, unix.ECHILD) {
			return
		}
	}
}
