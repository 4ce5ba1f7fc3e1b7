package metricfile

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"math/bits"

	"sluice/internal/metric"
)

// A segment begins with magic and goes on with records:
//
//	size of the data (4 bytes) · their CRC-32C (4) · data
//
// Sizes and checksums are little-endian, all other integers varints. A datum is:
//
//	number of its metric in this segment, or 0 and a definition that gives it the next number ·
//	flags · nanoseconds since the datum before it in the record · summary · values · counts
//
// A definition is account, region, namespace, name, unit, and a number of pairs of dimension names and values, each
// text with its length before it. So a metric costs its names once a segment, and a datum with a whole number about
// six bytes.
const (
	magic      = "SLUICEMETRICS1\n"
	recordHead = 8
	// maxRecord is beyond what any record has; a larger size means that the file is damaged there.
	maxRecord = 1 << 30
)

const (
	flagFine = 1 << iota
	flagSummary
	flagValues
	flagCounts
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encoder writes records of one segment.
type encoder struct {
	metrics map[string]uint64 // key and unit → number
	key     []byte
}

func newEncoder() *encoder { return &encoder{metrics: map[string]uint64{}} }

// appendRecord appends a record with data.
func (e *encoder) appendRecord(b []byte, data []metric.Datum) []byte {
	start := len(b)
	b = append(b, make([]byte, recordHead)...)
	var before int64
	for i := range data {
		at := data[i].Time.UnixNano()
		b = e.appendDatum(b, &data[i], at-before)
		before = at
	}
	content := b[start+recordHead:]
	binary.LittleEndian.PutUint32(b[start:], uint32(len(content)))
	binary.LittleEndian.PutUint32(b[start+4:], crc32.Checksum(content, castagnoli))
	return b
}

func (e *encoder) appendDatum(b []byte, d *metric.Datum, since int64) []byte {
	b = e.appendMetric(b, d)
	b = append(b, flags(d))
	b = binary.AppendVarint(b, since)
	if s := d.Summary; s != nil {
		for _, f := range [...]float64{s.Count, s.Sum, s.Min, s.Max} {
			b = appendFloat(b, f)
		}
	}
	b = appendFloats(b, d.Values)
	if len(d.Values) > 0 {
		for _, f := range d.Counts {
			b = appendFloat(b, f)
		}
	}
	return b
}

func flags(d *metric.Datum) (flags byte) {
	if d.Fine {
		flags |= flagFine
	}
	if d.Summary != nil {
		flags |= flagSummary
	}
	if len(d.Values) > 0 {
		flags |= flagValues
		if d.Counts != nil {
			flags |= flagCounts
		}
	}
	return flags
}

func (e *encoder) appendMetric(b []byte, d *metric.Datum) []byte {
	e.key = append(append(d.AppendKey(e.key[:0]), 0), d.Unit...)
	if number, ok := e.metrics[string(e.key)]; ok {
		return binary.AppendUvarint(b, number)
	}
	e.metrics[string(e.key)] = uint64(len(e.metrics) + 1)
	b = binary.AppendUvarint(b, 0)
	for _, text := range [...]string{d.Scope.Account, d.Scope.Region, d.Namespace, d.Name, d.Unit} {
		b = appendText(b, text)
	}
	b = binary.AppendUvarint(b, uint64(len(d.Dimensions)))
	for _, dimension := range d.Dimensions {
		b = appendText(appendText(b, dimension.Name), dimension.Value)
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendFloats(b []byte, floats []float64) []byte {
	if len(floats) == 0 {
		return b
	}
	b = binary.AppendUvarint(b, uint64(len(floats)))
	for _, f := range floats {
		b = appendFloat(b, f)
	}
	return b
}

// appendFloat writes a number's bytes in reverse, so that short ones, as whole numbers are, take few.
func appendFloat(b []byte, f float64) []byte {
	return binary.AppendUvarint(b, bits.ReverseBytes64(math.Float64bits(f)))
}
