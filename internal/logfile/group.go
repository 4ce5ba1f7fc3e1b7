package logfile

import (
	"slices"
	"strings"

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
	f.flushAll()
	if err := f.listScope(scope); err != nil {
		return nil, err
	}
	var groups []*logs.Group
	for _, id := range f.groupsOf(scope) {
		if streams := f.describe(id); len(streams) > 0 {
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
	f.flushAll()
	if err := f.listGroup(id); err != nil {
		return nil, err
	}
	return f.describe(id), nil
}

// describe describes the streams of a group whose folder was listed. One that can't be read is left out.
func (f *Files) describe(id logs.GroupID) []*logs.Stream {
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
			f.logger.Warn("a log stream is left out", "error", err)
		}
	}
	return streams
}
