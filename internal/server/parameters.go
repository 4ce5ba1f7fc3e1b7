package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/internal/parameter"
)

// sealFile holds the key of secure parameters, in base 64.
const sealFile = "parameter.key"

// openParameters makes ready the key that secure parameters are sealed with.
func (s *Server) openParameters(_ context.Context, cfg Config, r *rooms) error {
	key, err := loadSealKey(filepath.Join(cfg.Data, sealFile))
	if err != nil {
		return err
	}
	sealer, err := parameter.NewSealer(key)
	r.parameters = parameter.NewService(r.records, sealer)
	return err
}

// loadSealKey reads the key, or makes the file (mode 0600) with a new one.
func loadSealKey(path string) (key [parameter.KeySize]byte, err error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		rand.Read(key[:]) // never fails
		return key, writeSecret(path, "the key of secure parameters", []byte(base64.StdEncoding.EncodeToString(key[:])+"\n"))
	}
	if err != nil {
		return key, fmt.Errorf("read the key of secure parameters: %w", err)
	}
	plain, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(content)))
	if err != nil || len(plain) != len(key) {
		return key, fmt.Errorf("%s does not hold %d bytes in base 64: mend it, or delete it and lose the secure parameters", path, len(key))
	}
	copy(key[:], plain)
	return key, nil
}
