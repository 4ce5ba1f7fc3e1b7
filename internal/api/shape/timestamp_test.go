package shape_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"sluice/internal/api/shape"
)

var moment = time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.FixedZone("", 3600))

func TestATimestampInJSONHasThreeDecimals(t *testing.T) {
	for want, at := range map[string]time.Time{
		"1772362800.123": moment, "0.000": time.Unix(0, 0), "-0.500": time.UnixMilli(-500),
	} {
		got, err := json.Marshal(shape.At(at))
		if err != nil || string(got) != want {
			t.Errorf("%v is %s, %v; want %s", at, got, err, want)
		}
	}
}

func TestATimestampInCBORIsTagged(t *testing.T) {
	text, err := cbor.Marshal(shape.At(moment))
	if err != nil {
		t.Fatal(err)
	}
	var got time.Time
	if err := cbor.Unmarshal(text, &got); err != nil || got.Round(time.Millisecond).UnixMilli() != moment.UnixMilli() {
		t.Errorf("%x is %v, %v", text, got, err)
	}
}

func TestFromSeconds(t *testing.T) {
	if got, err := shape.FromSeconds(1772362800.123); err != nil || got.UnixMilli() != moment.UnixMilli() {
		t.Errorf("%v, %v", got, err)
	}
	for _, s := range []float64{math.NaN(), math.Inf(1), 1e300, -1e300} {
		if got, err := shape.FromSeconds(s); err == nil {
			t.Errorf("%v is %v", s, got)
		}
	}
}
