package cli

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// outliveReader lets a command that changes something go on when whoever reads its output goes away, as head does: a broken
// pipe would otherwise end the program between two writes, and leave aliases held. What is printed then is lost.
func (s *streams) outliveReader() (stop func()) {
	broken := make(chan os.Signal, 1) // nobody reads it: that it is there keeps the signal from ending the program
	signal.Notify(broken, syscall.SIGPIPE)
	s.out, s.err = outlasting{s.out}, outlasting{s.err}
	return func() { signal.Stop(broken) }
}

// outlasting drops what nobody reads any more.
type outlasting struct{ io.Writer }

func (o outlasting) Write(p []byte) (int, error) {
	if n, err := o.Writer.Write(p); err != nil && !errors.Is(err, syscall.EPIPE) {
		return n, err
	}
	return len(p), nil
}
