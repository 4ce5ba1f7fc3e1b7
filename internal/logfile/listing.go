package logfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sluice/internal/function"
	"sluice/internal/logs"
)

// listScope lists all groups' folders once.
func (f *Files) listScope(scope function.Scope) error {
	f.listing.Lock()
	defer f.listing.Unlock()
	f.mu.Lock()
	done := f.scopes[scope]
	f.mu.Unlock()
	if done {
		return nil
	}
	entries, err := readFolder(f.scopeFolder(scope))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		if err := f.listFolder(filepath.Join(f.scopeFolder(scope), entry.Name())); err != nil {
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.scopes[scope] = true
	for id, g := range f.groups {
		g.listed = g.listed || id.Scope == scope
	}
	return nil
}

// listGroup lists a group's folder once.
func (f *Files) listGroup(id logs.GroupID) error {
	f.listing.Lock()
	defer f.listing.Unlock()
	f.mu.Lock()
	g := f.groups[id]
	done := f.scopes[id.Scope] || g != nil && g.listed
	f.mu.Unlock()
	if done {
		return nil
	}
	if err := f.listFolder(f.groupFolder(id)); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if g := f.groups[id]; g != nil {
		g.listed = true
	}
	return nil
}

// listFolder makes the streams of a folder known. Their names are in their headers.
func (f *Files) listFolder(folder string) error {
	entries, err := readFolder(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), extension) {
			f.clear(folder, entry)
			continue
		}
		id, err := owner(filepath.Join(folder, entry.Name()))
		if errors.Is(err, errTorn) || errors.Is(err, fs.ErrNotExist) {
			continue // a crash came before the header was whole, or it was removed meanwhile
		}
		if errors.Is(err, errForeign) {
			f.logger.Warn("a file among the logs is left out", "error", err)
			continue
		}
		if err != nil {
			return err
		}
		f.mu.Lock()
		f.known(id)
		f.mu.Unlock()
	}
	return nil
}

// clear removes a copy that a server before this one did not finish. This one's own are younger than it is.
func (f *Files) clear(folder string, entry fs.DirEntry) {
	if !strings.HasSuffix(entry.Name(), extension+copied) {
		return
	}
	info, err := entry.Info()
	if err != nil || !info.ModTime().Before(f.opened) {
		return
	}
	if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil {
		f.logger.Warn("an unfinished copy of a log is left", "error", err)
	}
}

func readFolder(folder string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}
