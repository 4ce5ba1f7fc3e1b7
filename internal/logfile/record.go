package logfile

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"

	"sluice/internal/logs"
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

var (
	// errTorn says that the file ends within a record, or goes on with something else.
	errTorn = errors.New("the record is incomplete")
	// errForeign says that somebody else has put the file there.
	errForeign = errors.New("the file is no log")
)

// event is a record without its frame.
type event struct {
	at, ingested int64 // milliseconds since 1970
	message      []byte
}

func (e event) log(position int64) logs.Event {
	return logs.Event{Time: time.UnixMilli(e.at).UTC(), Ingested: time.UnixMilli(e.ingested).UTC(), Message: e.message, Position: position}
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

func appendHeader(b []byte, id logs.StreamID, created int64) []byte {
	var names []byte
	for _, part := range []string{id.Group.Account, id.Group.Region, id.Group.Name, id.Name} {
		names = binary.AppendUvarint(names, uint64(len(part)))
		names = append(names, part...)
	}
	return appendRecord(append(b, magic...), created, created, names)
}

// parse reads the record at the beginning of b and returns how long it is. The message is a part of b.
func parse(b []byte) (event, int64, error) {
	if len(b) < recordHead+recordTail {
		return event{}, 0, errTorn
	}
	size := int64(binary.LittleEndian.Uint32(b))
	whole := recordHead + size + recordTail
	if size > maxMessage || whole > int64(len(b)) {
		return event{}, 0, errTorn
	}
	if crc32.Checksum(b[8:whole], castagnoli) != binary.LittleEndian.Uint32(b[4:]) {
		return event{}, 0, errTorn
	}
	return frame(b, size), whole, nil
}

func frame(b []byte, size int64) event {
	return event{
		at:       int64(binary.LittleEndian.Uint64(b[8:])),
		ingested: int64(binary.LittleEndian.Uint64(b[16:])),
		message:  b[recordHead : recordHead+size : recordHead+size],
	}
}

// before reads the record that ends at a position and begins at begin or later.
func before(file io.ReaderAt, end, begin int64) (e event, start int64, err error) {
	var last [recordTail]byte
	if end-begin < recordHead+recordTail {
		return event{}, 0, errTorn
	}
	if _, err := file.ReadAt(last[:], end-recordTail); err != nil {
		return event{}, 0, err
	}
	size := int64(binary.LittleEndian.Uint32(last[:]))
	start = end - recordTail - size - recordHead
	if size > maxMessage || start < begin {
		return event{}, 0, errTorn
	}
	record := make([]byte, end-start)
	if _, err := file.ReadAt(record, start); err != nil {
		return event{}, 0, err
	}
	e, whole, err := parse(record)
	if err == nil && whole != end-start {
		err = errTorn
	}
	return e, start, err
}
