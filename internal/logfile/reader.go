package logfile

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"sluice/internal/logs"
)

// reader reads a file's records one after the other.
type reader struct {
	file    io.ReadSeeker
	in      *bufio.Reader
	record  []byte // memory of the record that was read last
	offset  int64  // of the record that comes next
	size    int64  // of the file; a record that would end behind it is torn
	id      logs.StreamID
	created int64
}

// newReader reads the header.
func newReader(file io.ReadSeeker) (*reader, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	r := &reader{file: file, in: bufio.NewReader(file), size: size}
	if err := r.seek(0); err != nil {
		return nil, err
	}
	var start [len(magic)]byte
	if _, err := io.ReadFull(r.in, start[:]); err != nil {
		return nil, errTorn
	}
	if string(start[:]) != magic {
		return nil, fmt.Errorf("%w: it begins with %q", errForeign, start)
	}
	r.offset = int64(len(magic))
	header, err := r.next()
	if err != nil {
		return nil, errTorn
	}
	r.created = header.at
	return r, r.names(header.message)
}

// names reads the header's message.
func (r *reader) names(message []byte) error {
	for _, part := range []*string{&r.id.Group.Account, &r.id.Group.Region, &r.id.Group.Name, &r.id.Name} {
		n, width := binary.Uvarint(message)
		if width <= 0 || n > uint64(len(message)-width) {
			return errTorn
		}
		*part = string(message[width : width+int(n)])
		message = message[width+int(n):]
	}
	return nil
}

func (r *reader) seek(to int64) error {
	if _, err := r.file.Seek(to, io.SeekStart); err != nil {
		return err
	}
	r.in.Reset(r.file)
	r.offset = to
	return nil
}

// next reads a record, whose message is good until the next call. At the end of the file it returns io.EOF, and errTorn
// for anything that is no record.
func (r *reader) next() (event, error) {
	if r.offset >= r.size {
		return event{}, io.EOF
	}
	head, err := r.in.Peek(4)
	if err != nil {
		return event{}, errTorn
	}
	whole := recordHead + int64(binary.LittleEndian.Uint32(head)) + recordTail
	if whole > recordHead+maxMessage+recordTail || r.offset+whole > r.size {
		return event{}, errTorn
	}
	if int64(cap(r.record)) < whole {
		r.record = make([]byte, whole)
	}
	r.record = r.record[:whole]
	if _, err := io.ReadFull(r.in, r.record); err != nil {
		return event{}, errTorn
	}
	e, _, err := parse(r.record)
	if err == nil {
		r.offset += whole
	}
	return e, err
}

// owner reads from a file whose it is.
func owner(path string) (logs.StreamID, error) {
	file, err := os.Open(path)
	if err != nil {
		return logs.StreamID{}, err
	}
	defer func() { _ = file.Close() }()
	r, err := newReader(file)
	if err != nil {
		return logs.StreamID{}, fmt.Errorf("%s: %w", path, err)
	}
	return r.id, nil
}
