package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sluice/internal/account"
	"sluice/internal/clock"
	"sluice/internal/fault"
)

const (
	credentialsFile = "credentials"
	addressFile     = "address"
	scaleFile       = "time-scale"
)

// Address is where the server of a data folder listens, and the key pair that it knows.
type Address struct {
	URL   string // such as http://127.0.0.1:4566
	Key   account.Key
	Scale clock.Scale // that it runs at
}

// FindAddress returns the address of the server that runs on a data folder.
// Errors: fs.ErrNotExist if none ever ran there; fault.Unavailable "server" if none does now.
func FindAddress(ctx context.Context, data string) (Address, error) {
	content, err := os.ReadFile(filepath.Join(data, addressFile))
	if err != nil {
		return Address{}, err
	}
	key, err := readKey(filepath.Join(data, credentialsFile))
	if err != nil {
		return Address{}, err
	}
	a := Address{URL: strings.TrimSpace(string(content)), Key: key, Scale: readScale(data)}
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", strings.TrimPrefix(a.URL, "http://"))
	if err != nil {
		return Address{}, fault.Errorf(fault.Unavailable, "server", "no server listens on %s any more", a.URL)
	}
	return a, connection.Close()
}

// AwaitAddress is FindAddress for a server that may just be starting: it looks again until one is there or ctx ends.
// Errors: those of FindAddress.
func AwaitAddress(ctx context.Context, data string) (Address, error) {
	const pause = 20 * time.Millisecond
	for {
		a, err := FindAddress(context.WithoutCancel(ctx), data)
		if err == nil || !errors.Is(err, fs.ErrNotExist) && !fault.Is(err, fault.Unavailable, "server") {
			return a, err
		}
		select {
		case <-ctx.Done():
			return a, err
		case <-time.After(pause):
		}
	}
}

// writeAddress writes where the server listens and, before that, its time scale.
func writeAddress(data, url string, scale clock.Scale) error {
	if scale == 0 {
		scale = 1
	}
	err := replace(filepath.Join(data, scaleFile), strconv.FormatFloat(float64(scale), 'g', -1, 64))
	if err == nil {
		err = replace(filepath.Join(data, addressFile), url)
	}
	if err != nil {
		return fmt.Errorf("write where the server listens: %w", err)
	}
	return nil
}

// replace leaves the whole line in a file or the one before, never a part.
func replace(path, line string) error {
	next := path + ".next"
	err := os.WriteFile(next, []byte(line+"\n"), 0o600)
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Remove(next)))
	}
	return nil
}

// readScale reads the scale of the server of a data folder, which is 1 for a folder of a Sluice that did not write it.
func readScale(data string) clock.Scale {
	content, err := os.ReadFile(filepath.Join(data, scaleFile))
	if err != nil {
		return 1
	}
	scale, err := strconv.ParseFloat(strings.TrimSpace(string(content)), 64)
	if err != nil || clock.Scale(scale).Validate() != nil || scale == 0 {
		return 1
	}
	return clock.Scale(scale)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
