package account

import (
	"bufio"
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Key is a pair of an access key ID and its secret.
type Key struct {
	ID     string // AKIA and 16 of A–Z and 2–7
	Secret string // 40 characters
}

// String hides the secret.
func (k Key) String() string { return k.ID }

// GoString hides the secret.
func (k Key) GoString() string { return "account.Key{" + k.ID + "}" }

// NewKey returns a random key pair in the form of AWS's.
func NewKey() Key {
	var id [10]byte
	var secret [30]byte
	rand.Read(id[:]) // never fails
	rand.Read(secret[:])
	return Key{
		ID:     "AKIA" + base32.StdEncoding.EncodeToString(id[:]),
		Secret: base64.StdEncoding.EncodeToString(secret[:]),
	}
}

// LoadKey reads the key pair from an AWS credentials file, or makes the file (mode 0600) with a new pair.
func LoadKey(path string) (Key, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key := NewKey()
		return key, writeKey(path, key)
	}
	if err != nil {
		return Key{}, fmt.Errorf("read the credentials: %w", err)
	}
	key := parseKey(string(content))
	if key.ID == "" || key.Secret == "" {
		return Key{}, fmt.Errorf("%s has no aws_access_key_id with an aws_secret_access_key: mend it, or delete it to get a new pair", path)
	}
	return key, nil
}

// ReadKey reads the key pair that LoadKey made.
func ReadKey(path string) (Key, error) {
	if _, err := os.Stat(path); err != nil {
		return Key{}, err
	}
	return LoadKey(path)
}

func parseKey(content string) Key {
	var key Key
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

// writeKey leaves a whole file or none: a server that was killed while it wrote must start again.
func writeKey(path string, key Key) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".credentials-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write the credentials: %w", err)
	}
	defer func() { _ = os.Remove(file.Name()) }() // it is gone if all went well
	_, err = fmt.Fprintf(file, "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n", key.ID, key.Secret)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write the credentials: %w", err)
	}
	return nil
}
