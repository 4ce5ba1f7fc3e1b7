package proxy

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// systemBundles are where machines keep what they trust, in one file: Debian's, Red Hat's, SUSE's, Alpine's and the BSDs', macOS's.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
}

// writeBundle keeps what this machine trusts and the authority in one file: programs that are given a file trust nothing else.
func writeBundle(folder string, authority []byte) error {
	content := append(systemRoots(), encode("CERTIFICATE", authority)...)
	path := filepath.Join(folder, bundleFile)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return replace(path, content, 0o644)
}

// systemRoots returns nothing if the machine keeps its roots elsewhere.
func systemRoots() []byte {
	for _, path := range systemBundles {
		if roots, err := os.ReadFile(path); err == nil {
			return append(bytes.TrimRight(roots, "\n"), '\n')
		}
	}
	return nil
}

// replace leaves the whole file or the one before, never a part; nil content leaves none.
func replace(path string, content []byte, mode fs.FileMode) error {
	if content == nil {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	next := path + ".next"
	if err := os.WriteFile(next, content, mode); err != nil {
		return err
	}
	return os.Rename(next, path)
}
