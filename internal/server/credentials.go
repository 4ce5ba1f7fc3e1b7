package server

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/internal/account"
)

// loadKey reads the key pair from an AWS credentials file, or makes the file (mode 0600) with a new pair.
func loadKey(path string) (account.Key, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key := account.NewKey()
		return key, writeKey(path, key)
	}
	if err != nil {
		return account.Key{}, fmt.Errorf("read the credentials: %w", err)
	}
	key := parseKey(string(content))
	if key.ID == "" || key.Secret == "" {
		return account.Key{}, fmt.Errorf("%s has no aws_access_key_id with an aws_secret_access_key: mend it, or delete it to get a new pair", path)
	}
	return key, nil
}

// readKey reads the key pair that loadKey made.
func readKey(path string) (account.Key, error) {
	if _, err := os.Stat(path); err != nil {
		return account.Key{}, err
	}
	return loadKey(path)
}

func parseKey(content string) account.Key {
	var key account.Key
	lines := bufio.NewScanner(strings.NewReader(content))
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), "=")
		switch strings.TrimSpace(name) {
		case "aws_access_key_id":
			key.ID = strings.TrimSpace(value)
		case "aws_secret_access_key":
			key.Secret = strings.TrimSpace(value)
		}
	}
	return key
}

// writeKey writes the file that loadKey reads.
func writeKey(path string, key account.Key) error {
	return writeSecret(path, "the credentials", fmt.Appendf(nil, "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n", key.ID, key.Secret))
}

// writeSecret leaves a whole file (mode 0600) or none: a server that was killed while it wrote must start again.
func writeSecret(path, what string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	defer func() { _ = os.Remove(file.Name()) }() // it is gone if all went well
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	return nil
}
