package metricfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"math/bits"
	"time"

	"sluice/internal/metric"
)

// errDamaged says that a segment ends within a record, or goes on with something else.
var errDamaged = errors.New("the record is incomplete or damaged")

// definition is a metric of a segment, and the unit of its data.
type definition struct {
	metric.ID
	unit string
}

// decoder reads records of one segment.
type decoder struct {
	in      *bufio.Reader
	offset  int64 // of the record that comes next
	size    int64 // of the file
	metrics []definition
	record  []byte
	data    []metric.Datum
	floats  []float64
}

// readBytes bounds what is read of a segment at once.
const readBytes = 128 << 10

// newDecoder reads a segment of some size from its beginning.
func newDecoder(file io.Reader, size int64) (*decoder, error) {
	d := &decoder{in: bufio.NewReaderSize(file, int(min(size, readBytes))), size: size, offset: int64(len(magic))}
	var start [len(magic)]byte
	if _, err := io.ReadFull(d.in, start[:]); err != nil || string(start[:]) != magic {
		return nil, errDamaged
	}
	return d, nil
}

// next reads a record. Its data are valid until the next call. At the end it returns io.EOF.
func (d *decoder) next() ([]metric.Datum, error) {
	var head [recordHead]byte
	if n, err := io.ReadFull(d.in, head[:]); n == 0 && err == io.EOF {
		return nil, io.EOF
	} else if err != nil {
		return nil, errDamaged
	}
	size := int64(binary.LittleEndian.Uint32(head[:]))
	if size > maxRecord || d.offset+recordHead+size > d.size {
		return nil, errDamaged
	}
	if int64(cap(d.record)) < size {
		d.record = make([]byte, size)
	}
	d.record = d.record[:size]
	if _, err := io.ReadFull(d.in, d.record); err != nil {
		return nil, errDamaged
	}
	if crc32.Checksum(d.record, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		return nil, errDamaged
	}
	if err := d.decode(d.record); err != nil {
		return nil, err
	}
	d.offset += recordHead + size
	return d.data, nil
}

// decode reads a record's data.
func (d *decoder) decode(record []byte) error {
	c := &cursor{rest: record}
	d.data, d.floats = d.data[:0], d.floats[:0]
	known := len(d.metrics)
	var at int64
	for len(c.rest) > 0 && !c.bad {
		datum := d.datum(c)
		at += c.varint()
		datum.Time = time.Unix(0, at)
		d.content(c, &datum)
		d.data = append(d.data, datum)
	}
	if c.bad {
		d.metrics = d.metrics[:known]
		return errDamaged
	}
	return nil
}

// datum reads which metric a datum belongs to.
func (d *decoder) datum(c *cursor) metric.Datum {
	number := c.uvarint()
	if number == 0 {
		d.metrics = append(d.metrics, c.definition())
		number = uint64(len(d.metrics))
	}
	if number > uint64(len(d.metrics)) {
		c.bad = true
		return metric.Datum{}
	}
	found := &d.metrics[number-1]
	datum := metric.Datum{ID: found.ID, Unit: found.unit}
	c.flags = c.octet()
	datum.Fine = c.flags&flagFine != 0
	return datum
}

// content reads what was measured.
func (d *decoder) content(c *cursor, datum *metric.Datum) {
	if c.flags&flagSummary != 0 {
		datum.Summary = &metric.Summary{Count: c.float(), Sum: c.float(), Min: c.float(), Max: c.float()}
	}
	if c.flags&flagValues == 0 {
		return
	}
	n := c.length()
	datum.Values = d.read(c, n)
	if c.flags&flagCounts != 0 {
		datum.Counts = d.read(c, n)
	}
}

// read reads n floats into memory that all data of the record share.
func (d *decoder) read(c *cursor, n int) []float64 {
	start := len(d.floats)
	for range n {
		d.floats = append(d.floats, c.float())
	}
	return d.floats[start:len(d.floats):len(d.floats)]
}

// cursor reads a record. When it has come upon something that can't be, bad is set, and it reads nothing but zeros.
type cursor struct {
	rest  []byte
	flags byte // of the datum
	bad   bool
}

func (c *cursor) advance(n int) {
	if n <= 0 || n > len(c.rest) {
		c.rest, c.bad = nil, true
		return
	}
	c.rest = c.rest[n:]
}

func (c *cursor) uvarint() uint64 {
	value, n := binary.Uvarint(c.rest)
	c.advance(n)
	return value
}

func (c *cursor) varint() int64 {
	value, n := binary.Varint(c.rest)
	c.advance(n)
	return value
}

func (c *cursor) octet() (b byte) {
	if len(c.rest) > 0 {
		b = c.rest[0]
	}
	c.advance(1)
	return b
}

func (c *cursor) float() float64 { return math.Float64frombits(bits.ReverseBytes64(c.uvarint())) }

// length reads how many things follow, of which each has at least a byte.
func (c *cursor) length() int {
	n := c.uvarint()
	if n > uint64(len(c.rest)) {
		c.rest, c.bad = nil, true
		return 0
	}
	return int(n)
}

func (c *cursor) text() string {
	n := c.length()
	text := string(c.rest[:n])
	c.rest = c.rest[n:]
	return text
}

func (c *cursor) definition() definition {
	var d definition
	for _, text := range []*string{&d.Scope.Account, &d.Scope.Region, &d.Namespace, &d.Name, &d.unit} {
		*text = c.text()
	}
	for range c.length() {
		d.Dimensions = append(d.Dimensions, metric.Dimension{Name: c.text(), Value: c.text()})
	}
	return d
}
