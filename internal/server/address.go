package server

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/internal/account"
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

// FindAddress returns the address of the server that runs on a data folder, or ran there last.
// Errors: fs.ErrNotExist if none ever did.
func FindAddress(data string) (Address, error) {
	content, err := os.ReadFile(filepath.Join(data, addressFile))
	if err != nil {
		return Address{}, err
	}
	key, err := account.ReadKey(filepath.Join(data, credentialsFile))
	if err != nil {
		return Address{}, err
	}
	return Address{URL: strings.TrimSpace(string(content)), Key: key}, nil
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
