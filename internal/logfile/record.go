package logfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// A file begins with a header and goes on with records:
//
//	magic "SLUICELOG1\n" · record whose message is the names, and whose times are the creation's
//	size of the message (4 bytes) · checksum of all that follows (4) · time in ms (8) · time of arrival in ms (8) ·
//	message · size again (4), to read backwards
//
// Numbers are little-endian. The checksum is CRC-32C.
const (
	magic      = "SLUICELOG1\n"
	recordHead = 24
	recordTail = 4
	// maxMessage is far beyond what is appended; a larger size means that the file is broken there.
	maxMessage = 16 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errTorn says that the file ends within a record, or goes on with something else.
var errTorn = errors.New("the record is incomplete")

// Event is a log event as it was appended.
type Event struct {
	Time     time.Time // to the millisecond, as whoever appended it gave it
	Ingested time.Time // to the millisecond
	Message  []byte
	// Next is the position after the event.
	Next int64
}

func appendRecord(b []byte, at, ingested int64, message []byte) []byte {
	if len(message) > maxMessage {
		message = message[:maxMessage]
	}
	start := len(b)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(message)))
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint64(b, uint64(at))
	b = binary.LittleEndian.AppendUint64(b, uint64(ingested))
	b = append(b, message...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(message)))
	binary.LittleEndian.PutUint32(b[start+4:], crc32.Checksum(b[start+8:], castagnoli))
	return b
}

func appendHeader(b []byte, name Name, now int64) []byte {
	var names []byte
	for _, part := range []string{name.Account, name.Region, name.Group, name.Stream} {
		names = binary.AppendUvarint(names, uint64(len(part)))
		names = append(names, part...)
	}
	return appendRecord(append(b, magic...), now, now, names)
}

// reader reads a file's records one after the other.
type reader struct {
	in      *bufio.Reader
	offset  int64 // of the record that comes next
	size    int64 // of the file; a record that would end behind it is torn
	name    Name
	created time.Time
}

// newReader reads the header.
func newReader(file io.ReadSeeker) (*reader, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	r := &reader{in: bufio.NewReader(file), size: size}
	var start [len(magic)]byte
	if _, err := io.ReadFull(r.in, start[:]); err != nil || string(start[:]) != magic {
		if err == nil {
			return nil, fmt.Errorf("the file is no log: it begins with %q", start)
		}
		return nil, errTorn
	}
	r.offset = int64(len(magic))
	header, err := r.next()
	if err != nil {
		return nil, errTorn
	}
	r.created = header.Time
	for _, part := range []*string{&r.name.Account, &r.name.Region, &r.name.Group, &r.name.Stream} {
		n, width := binary.Uvarint(header.Message)
		if width <= 0 || n > uint64(len(header.Message)-width) {
			return nil, errTorn
		}
		*part = string(header.Message[width : width+int(n)])
		header.Message = header.Message[width+int(n):]
	}
	return r, nil
}

// next reads a record. At the end of the file, and at a torn record, it returns errTorn or io.EOF.
func (r *reader) next() (Event, error) {
	var head [recordHead]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return Event{}, io.EOF
	}
	size := int64(binary.LittleEndian.Uint32(head[:]))
	end := r.offset + recordHead + size + recordTail
	if size > maxMessage || end > r.size {
		return Event{}, errTorn
	}
	rest := make([]byte, size+recordTail)
	if _, err := io.ReadFull(r.in, rest); err != nil {
		return Event{}, errTorn
	}
	sum := crc32.Update(crc32.Checksum(head[8:], castagnoli), castagnoli, rest)
	if sum != binary.LittleEndian.Uint32(head[4:]) {
		return Event{}, errTorn
	}
	r.offset = end
	return Event{
		Time:     time.UnixMilli(int64(binary.LittleEndian.Uint64(head[8:]))),
		Ingested: time.UnixMilli(int64(binary.LittleEndian.Uint64(head[16:]))),
		Message:  rest[:size:size], Next: end,
	}, nil
}
