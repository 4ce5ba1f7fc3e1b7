package logfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// What follows is how logs are read: internal/host only appends, and the room for the Logs API will read through these.

// Info tells about a stream.
type Info struct {
	Name
	Created time.Time
	Size    int64 // of the file, in bytes
}

// Start is the position of a stream's first event, and End the one after its last.
const (
	Start int64 = 0
	End   int64 = -1
)

// Read returns up to limit events from a position on, oldest first. Positions come from Start, Event.Next or End; any
// other is fault.Invalid "position". A missing stream is fault.NotFound "stream". No more events is an empty list.
func (f *Files) Read(n Name, from int64, limit int) ([]Event, error) {
	file, r, err := f.openFile(n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	if err := r.seek(file, from); err != nil {
		return nil, err
	}
	var events []Event
	for len(events) < limit {
		event, err := r.next()
		if err != nil { // the end, or an event that a crash tore and that the next append will cut off
			break
		}
		events = append(events, event)
	}
	return events, nil
}

// ReadBefore returns up to limit events that end at a position, oldest first. first is the position of the first of
// them, from which to read further back.
func (f *Files) ReadBefore(n Name, to int64, limit int) (events []Event, first int64, err error) {
	file, r, err := f.openFile(n)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = file.Close() }()
	begin := r.offset
	if to == End {
		to = r.end(file)
	}
	if to < begin {
		return nil, begin, nil
	}
	for first = to; len(events) < limit && first > begin; {
		event, at, err := before(file, first, begin)
		if err != nil {
			return nil, 0, errPosition(to)
		}
		events, first = append(events, event), at
	}
	slices.Reverse(events)
	return events, first, nil
}

// Streams lists a group's streams by name. A group without any has none.
func (f *Files) Streams(account, region, group string) ([]Info, error) {
	if err := f.Flush(); err != nil {
		return nil, err
	}
	folder := f.group(Name{Account: account, Region: region, Group: group})
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var streams []Info
	for _, entry := range entries {
		info, err := describe(filepath.Join(folder, entry.Name()))
		if errors.Is(err, errTorn) || errors.Is(err, fs.ErrNotExist) {
			continue // a crash came before the header was whole, or it was removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		streams = append(streams, info)
	}
	slices.SortFunc(streams, func(a, b Info) int { return strings.Compare(a.Stream, b.Stream) })
	return streams, nil
}

// Groups lists the groups that have streams, by name.
func (f *Files) Groups(account, region string) ([]string, error) {
	if err := f.Flush(); err != nil {
		return nil, err
	}
	folder := f.region(account, region)
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var groups []string
	for _, entry := range entries {
		files, err := os.ReadDir(filepath.Join(folder, entry.Name()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, file := range files {
			if info, err := describe(filepath.Join(folder, entry.Name(), file.Name())); err == nil {
				groups = append(groups, info.Group)
				break
			}
		}
	}
	slices.Sort(groups)
	return groups, nil
}

// openFile opens a stream's file for reading, after writing what is pending.
func (f *Files) openFile(n Name) (*os.File, *reader, error) {
	f.mu.Lock()
	s := f.open[n]
	f.mu.Unlock()
	if s != nil {
		if err := s.flush(); err != nil {
			return nil, nil, err
		}
	}
	file, err := os.Open(f.path(n))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errNoStream(n)
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := newReader(file)
	if err != nil {
		_ = file.Close()
		if errors.Is(err, errTorn) {
			return nil, nil, errNoStream(n)
		}
		return nil, nil, err
	}
	return file, r, nil
}

func errNoStream(n Name) error {
	return fault.Errorf(fault.NotFound, "stream", "the log group %q has no stream %q", n.Group, n.Stream)
}

func errPosition(at int64) error {
	return fault.Errorf(fault.Invalid, "position", "no event begins or ends at position %d", at)
}

func describe(path string) (Info, error) {
	file, err := os.Open(path)
	if err != nil {
		return Info{}, err
	}
	defer func() { _ = file.Close() }()
	r, err := newReader(file)
	if err != nil {
		return Info{}, fmt.Errorf("%s: %w", path, err)
	}
	return Info{Name: r.name, Created: r.created, Size: r.size}, nil
}

// seek moves to a position. The reader is at the first event.
func (r *reader) seek(file *os.File, to int64) error {
	switch {
	case to == Start:
		return nil
	case to == End:
		to = r.end(file)
	case to < r.offset || to > r.size:
		return errPosition(to)
	}
	if _, _, err := before(file, to, int64(len(magic))); err != nil {
		return errPosition(to)
	}
	if _, err := file.Seek(to, io.SeekStart); err != nil {
		return err
	}
	r.in.Reset(file)
	r.offset = to
	return nil
}

// end finds the position after the last whole event: the file's end, unless a crash tore the last one.
func (r *reader) end(file *os.File) int64 {
	if _, _, err := before(file, r.size, int64(len(magic))); err == nil {
		return r.size
	}
	for {
		if _, err := r.next(); err != nil {
			return r.offset
		}
	}
}

// before reads the record that ends at a position.
func before(file io.ReaderAt, end, begin int64) (Event, int64, error) {
	var last [recordTail]byte
	if end-begin < recordHead+recordTail {
		return Event{}, 0, errTorn
	}
	if _, err := file.ReadAt(last[:], end-recordTail); err != nil {
		return Event{}, 0, err
	}
	size := int64(binary.LittleEndian.Uint32(last[:]))
	start := end - recordTail - size - recordHead
	if size > maxMessage || start < begin {
		return Event{}, 0, errTorn
	}
	record := make([]byte, end-start)
	if _, err := file.ReadAt(record, start); err != nil {
		return Event{}, 0, err
	}
	if int64(binary.LittleEndian.Uint32(record)) != size ||
		crc32.Checksum(record[8:], castagnoli) != binary.LittleEndian.Uint32(record[4:]) {
		return Event{}, 0, errTorn
	}
	return Event{
		Time:     time.UnixMilli(int64(binary.LittleEndian.Uint64(record[8:]))),
		Ingested: time.UnixMilli(int64(binary.LittleEndian.Uint64(record[16:]))),
		Message:  record[recordHead : recordHead+size], Next: end,
	}, start, nil
}
