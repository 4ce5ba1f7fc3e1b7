package codepackage

import (
	"bytes"
	"context"
	"io"
	"sync"

	"sluice/internal/command"
	"sluice/internal/fault"
)

// tail is how much of a failed build's output its error has, in bytes.
const tail = 4096

// builds are the build commands of a run. They run one after the other: two in the same folder may well meet.
type builds struct {
	folder string
	output io.Writer

	mu      sync.Mutex
	results map[string]error // of commands that have run
}

// run runs a command, unless it has run already.
func (b *builds) run(ctx context.Context, line string) error {
	if line == "" {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err, ran := b.results[line]; ran {
		return err
	}
	err := b.once(ctx, line)
	if ctx.Err() == nil {
		b.results[line] = err
	}
	return err
}

func (b *builds) once(ctx context.Context, line string) error {
	var kept bytes.Buffer
	runner := &command.Runner{Folder: b.folder, Output: b.output}
	if b.output == nil {
		runner.Output = &kept
	}
	err := runner.Run(ctx, line, nil)
	if err == nil {
		return nil
	}
	printed := kept.Bytes()
	if len(printed) == 0 {
		return fault.Errorf(fault.Invalid, "build", "the build %w", err)
	}
	if extra := len(printed) - tail; extra > 0 {
		printed = append([]byte("…"), printed[extra:]...)
	}
	return fault.Errorf(fault.Invalid, "build", "the build %w:\n%s", err, bytes.TrimSpace(printed))
}
