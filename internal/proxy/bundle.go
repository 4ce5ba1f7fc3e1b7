package proxy

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// systemBundles are where machines keep what they trust, in one file: Debian's, Red Hat's, SUSE's, Alpine's and the BSDs', macOS's.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
}

// writeBundle keeps what this machine trusts and the authority in one file: programs that are given a file trust nothing else.
// The bundle bears the time of the machine's file, and is left as it is while that one does: reading them at each start would
// take more memory than the rooms of a quiet server.
func writeBundle(folder string, authority []byte) error {
	path, own := filepath.Join(folder, bundleFile), encode("CERTIFICATE", authority)
	roots, changed := openRoots()
	if roots == nil {
		return replace(path, own, 0o644)
	}
	defer func() { _ = roots.Close() }()
	if bundled(path, own, changed) {
		return nil
	}
	content, err := io.ReadAll(roots)
	if err != nil {
		return err
	}
	content = append(append(bytes.TrimRight(content, "\n"), '\n'), own...)
	return errors.Join(replace(path, content, 0o644), os.Chtimes(path, time.Time{}, changed))
}

// bundled reports whether the bundle was made of the roots of that time and of this authority, with which it ends.
func bundled(path string, own []byte, roots time.Time) bool {
	bundle, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = bundle.Close() }()
	info, err := bundle.Stat()
	if err != nil || !info.ModTime().Equal(roots) {
		return false
	}
	end := make([]byte, len(own))
	_, err = bundle.ReadAt(end, max(info.Size()-int64(len(own)), 0))
	return err == nil && bytes.Equal(end, own)
}

// openRoots returns the file of what the machine trusts, and when it was changed; nothing if the machine keeps it elsewhere.
func openRoots() (*os.File, time.Time) {
	for _, path := range systemBundles {
		file, err := os.Open(path)
		if err != nil {
			continue
		}
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return file, info.ModTime()
		}
		_ = file.Close()
	}
	return nil, time.Time{}
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
