// Package signalfile keeps on disk what custom resources and others have sent to stacks' addresses, until the stack has
// read it: a file for each address, a line for each signal.
//
// Which addresses there are, and what a signal means, is internal/api/resource/signal's business; this implements its Kept.
// internal/server opens the folder.
package signalfile

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder keeps signals. Its methods may be called by many goroutines at once, but for one token by one at a time.
type Folder struct{ path string }

// Open makes the folder, if it is missing.
func Open(path string) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("open the folder of signals: %w", err)
	}
	return &Folder{path}, nil
}

// Append keeps a signal. It is on disk when Append returns. A token is a file's name: letters, digits and dashes.
func (f *Folder) Append(token string, signal []byte) error {
	file, err := os.OpenFile(filepath.Join(f.path, token), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep a signal: %w", err)
	}
	line := append(base64.StdEncoding.AppendEncode(nil, signal), '\n')
	_, err = file.Write(line)
	if err = errors.Join(err, file.Sync(), file.Close(), syncFolder(f.path)); err != nil {
		return fmt.Errorf("keep a signal: %w", err)
	}
	return nil
}

// syncFolder has a file that was just made found after a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Read returns the signals that came to a token, the oldest first. One that was being written when the server was killed is
// left out: nobody was told that it is kept.
func (f *Folder) Read(token string) (signals [][]byte, err error) {
	content, err := os.ReadFile(filepath.Join(f.path, token))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the signals: %w", err)
	}
	for line := range bytes.Lines(content) {
		whole, ended := bytes.CutSuffix(line, []byte("\n"))
		signal, err := base64.StdEncoding.AppendDecode(nil, whole)
		if ended && err == nil {
			signals = append(signals, signal)
		}
	}
	return signals, nil
}

// Remove forgets what came to a token.
func (f *Folder) Remove(token string) error {
	if err := os.Remove(filepath.Join(f.path, token)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the signals: %w", err)
	}
	return nil
}
