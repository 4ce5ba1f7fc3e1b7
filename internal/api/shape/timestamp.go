package shape

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"
)

// Timestamp is a point in time. In JSON it is a number of epoch seconds with three decimals, in CBOR a tag 1 with a
// double of epoch seconds; as text, in query strings and XML, it is ISO 8601. The resolution on the wire is a millisecond.
type Timestamp struct{ time.Time }

// At makes a member of a structure from t.
func At(t time.Time) *Timestamp { return &Timestamp{t} }

// seconds is t rounded down to the millisecond.
func (t Timestamp) seconds() float64 { return float64(t.UnixMilli()) / 1000 }

// FromSeconds is the time at a number of epoch seconds. It fails on what no calendar holds.
func FromSeconds(s float64) (Timestamp, error) {
	if math.IsNaN(s) || math.Abs(s) > 253402300799 { // the year 9999 ends there
		return Timestamp{}, fmt.Errorf("%v is not a number of seconds since 1970", s)
	}
	return Timestamp{time.UnixMilli(int64(math.Round(s * 1000))).UTC()}, nil
}

// MarshalJSON writes epoch seconds with three decimals, as CodeDeploy and Lambda do.
func (t Timestamp) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, t.seconds(), 'f', 3, 64), nil
}

// MarshalCBOR writes tag 1 (epoch) and a double.
func (t Timestamp) MarshalCBOR() ([]byte, error) {
	out := []byte{0xc1, 0xfb}
	return binary.BigEndian.AppendUint64(out, math.Float64bits(t.seconds())), nil
}

// Text writes ISO 8601 in UTC, with milliseconds if there are any, as AWS's XML does.
func (t Timestamp) Text() string {
	at := t.UTC().Truncate(time.Millisecond)
	if at.Nanosecond() == 0 {
		return at.Format("2006-01-02T15:04:05Z")
	}
	return at.Format("2006-01-02T15:04:05.000Z")
}

// layouts are the spellings of ISO 8601 that clients send; a time without a zone is UTC.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "20060102T150405Z07:00", "2006-01-02"}

// ParseTimestamp reads a time as it travels in text: ISO 8601, or a number of epoch seconds.
func ParseTimestamp(text string) (Timestamp, error) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return Timestamp{t.UTC()}, nil
		}
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Timestamp{}, fmt.Errorf("%q is neither ISO 8601 nor a number of seconds since 1970", text)
	}
	return FromSeconds(seconds)
}
