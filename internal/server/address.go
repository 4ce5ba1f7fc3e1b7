package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/internal/account"
	"sluice/internal/fault"
)

const (
	credentialsFile = "credentials"
	addressFile     = "address"
)

// Address is where the server of a data folder listens, and the key pair that it knows.
type Address struct {
	URL string // such as http://127.0.0.1:4566
	Key account.Key
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
	a := Address{URL: strings.TrimSpace(string(content)), Key: key}
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

// writeAddress leaves the whole address or the one before, never a part.
func writeAddress(data, url string) error {
	path := filepath.Join(data, addressFile)
	next := path + ".next"
	err := os.WriteFile(next, []byte(url+"\n"), 0o600)
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return fmt.Errorf("write where the server listens: %w", errors.Join(err, ignoreMissing(os.Remove(next))))
	}
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
