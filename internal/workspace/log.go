package workspace

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"sluice/internal/remote"
)

// LogLine is one event of a function's log.
type LogLine struct {
	Function string    `json:"function"` // key
	At       time.Time `json:"at"`
	Version  string    `json:"version,omitempty"` // empty if the stream's name does not tell
	Message  string    `json:"message"`           // with the line break that it came with
}

// LogQuery asks for log events of all functions of the environment.
type LogQuery struct {
	Since  time.Time
	Filter string // a filter pattern of CloudWatch Logs; empty lets all through
	Follow bool   // goes on with what comes, until the context ends
}

// Logs returns the events of all functions, by time. Those that are followed come as they are read. An error ends it; the
// end of ctx ends it without one.
func (w *Workspace) Logs(ctx context.Context, q LogQuery) iter.Seq2[LogLine, error] {
	return func(yield func(LogLine, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		lines := w.read(ctx, q)
		defer func() {
			cancel()
			for range lines { // until the readers have ended
			}
		}()
		var before []read
		for r := range lines {
			switch {
			case r.err == nil && !q.Follow:
				before = append(before, r)
			case !yield(r.LogLine, r.err) || r.err != nil:
				return
			}
		}
		slices.SortStableFunc(before, func(a, b read) int { return a.At.Compare(b.At) })
		for _, r := range before {
			if !yield(r.LogLine, nil) {
				return
			}
		}
	}
}

type read struct {
	LogLine
	err error
}

// read reads the logs of all functions at once. The channel is closed when all are read, or ctx ends.
func (w *Workspace) read(ctx context.Context, q LogQuery) <-chan read {
	lines := make(chan read)
	var readers sync.WaitGroup
	for _, f := range w.Environment.Functions {
		readers.Go(func() {
			query := remote.LogQuery{Function: f.Name, Since: q.Since, Filter: q.Filter, Follow: q.Follow}
			for e, err := range w.endpoint.Logs(ctx, query) {
				select {
				case lines <- read{LogLine{f.Key, e.At, e.Version, e.Message}, err}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		readers.Wait()
		close(lines)
	}()
	return lines
}
