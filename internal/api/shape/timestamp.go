package shape

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"time"
)

// Timestamp is a point in time. In JSON it is a number of epoch seconds with three decimals, in CBOR a tag 1 with a
// double of epoch seconds; its text form, in query strings, is RFC 3339. The resolution on the wire is a millisecond.
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
