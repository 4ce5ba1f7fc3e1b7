package logfile

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/internal/function"
	"sluice/internal/logs"
)

// group is what is known of a log group: all of its streams once its folder was listed, and before only those that were
// used.
type group struct {
	listed  bool
	streams map[string]*Stream
}

// acquire returns a stream, whether it has a file or not. As long as it is not released, there is no second value for the
// same file. mu is held.
func (f *Files) acquire(id logs.StreamID) *Stream {
	s := f.known(id)
	s.users++
	return s
}

// known finds or makes the value of a stream. mu is held.
func (f *Files) known(id logs.StreamID) *Stream {
	g := f.groups[id.Group]
	if g == nil {
		g = &group{streams: map[string]*Stream{}}
		f.groups[id.Group] = g
	}
	s := g.streams[id.Name]
	if s == nil {
		s = &Stream{files: f, id: id}
		g.streams[id.Name] = s
	}
	return s
}

// release gives a stream back. Nothing is kept of one that has no file.
func (f *Files) release(s *Stream) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.users--
	if g := f.groups[s.id.Group]; g != nil && s.users == 0 && !s.dirty && s.absent.Load() {
		delete(g.streams, s.id.Name)
		if len(g.streams) == 0 && !g.listed {
			delete(f.groups, s.id.Group)
		}
	}
}

// with runs something with a stream that is locked and whose content is known.
func (f *Files) with(id logs.StreamID, do func(s *Stream) error) error {
	f.mu.Lock()
	s := f.acquire(id)
	f.mu.Unlock()
	defer f.release(s)
	s.disk.Lock()
	defer s.disk.Unlock()
	if err := s.look(); err != nil {
		return err
	}
	return do(s)
}

// Groups implements logs.Files.
func (f *Files) Groups(scope function.Scope) ([]*logs.Group, error) {
	if err := errors.Join(f.Flush(), f.listScope(scope)); err != nil {
		return nil, err
	}
	var groups []*logs.Group
	for _, id := range f.groupsOf(scope) {
		streams, err := f.describe(id)
		if err != nil {
			return nil, err
		}
		if len(streams) > 0 {
			groups = append(groups, summary(id, streams))
		}
	}
	slices.SortFunc(groups, func(a, b *logs.Group) int { return strings.Compare(a.ID.Name, b.ID.Name) })
	return groups, nil
}

func (f *Files) groupsOf(scope function.Scope) (ids []logs.GroupID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id := range f.groups {
		if id.Scope == scope {
			ids = append(ids, id)
		}
	}
	return ids
}

func summary(id logs.GroupID, streams []*logs.Stream) *logs.Group {
	g := &logs.Group{ID: id, Created: streams[0].Created}
	for _, s := range streams {
		g.Bytes += s.Bytes
		if s.Created.Before(g.Created) {
			g.Created = s.Created
		}
	}
	return g
}

// Streams implements logs.Files.
func (f *Files) Streams(id logs.GroupID) ([]*logs.Stream, error) {
	if err := errors.Join(f.Flush(), f.listGroup(id)); err != nil {
		return nil, err
	}
	return f.describe(id)
}

// describe describes the streams of a group whose folder was listed.
func (f *Files) describe(id logs.GroupID) ([]*logs.Stream, error) {
	var names []string
	f.mu.Lock()
	if g := f.groups[id]; g != nil {
		for name := range g.streams {
			names = append(names, name)
		}
	}
	f.mu.Unlock()
	slices.Sort(names)
	streams := make([]*logs.Stream, 0, len(names))
	for _, name := range names {
		err := f.with(logs.StreamID{Group: id, Name: name}, func(s *Stream) error {
			if s.content.exists {
				streams = append(streams, s.describe())
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return streams, nil
}

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
			continue
		}
		id, err := owner(filepath.Join(folder, entry.Name()))
		if errors.Is(err, errTorn) || errors.Is(err, fs.ErrNotExist) {
			continue // a crash came before the header was whole, or it was removed meanwhile
		}
		if err != nil {
			f.logger.Warn("a file among the logs is left out", "error", err)
			continue
		}
		f.mu.Lock()
		f.known(id)
		f.mu.Unlock()
	}
	return nil
}

func readFolder(folder string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// fromMillis is a time as a record keeps it; 0 is none.
func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// describe describes a stream that exists; disk is held.
func (s *Stream) describe() *logs.Stream {
	c := &s.content
	first, last := c.first, c.last
	if len(c.blocks) > 0 {
		least := slices.MinFunc(c.blocks, func(a, b block) int { return cmp.Compare(a.first, b.first) })
		greatest := slices.MaxFunc(c.blocks, func(a, b block) int { return cmp.Compare(a.last, b.last) })
		first, last = least.first, greatest.last
	}
	return &logs.Stream{
		ID: s.id, Created: fromMillis(c.created), First: fromMillis(first), Last: fromMillis(last),
		Ingested: fromMillis(c.ingested), Bytes: c.size - c.head,
	}
}
