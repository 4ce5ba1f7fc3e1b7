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

func TestADateTimeInJSONIsText(t *testing.T) {
	if got, err := json.Marshal(shape.AtDateTime(moment)); err != nil || string(got) != `"2026-03-01T11:00:00Z"` {
		t.Errorf("%s, %v", got, err)
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

func TestATimestampAsText(t *testing.T) {
	for want, at := range map[string]time.Time{
		"2026-03-01T11:00:00.123Z": moment, "2026-03-01T11:00:00Z": moment.Truncate(time.Second),
		"2026-03-01T11:00:00.120Z": moment.Add(-3456789),
	} {
		if got := shape.At(at).Text(); got != want {
			t.Errorf("%v is %s, want %s", at, got, want)
		}
	}
}

func TestParseTimestamp(t *testing.T) {
	for text, want := range map[string]int64{
		"2026-03-01T11:00:00Z": 1772362800000, "2026-03-01T12:00:00+01:00": 1772362800000,
		"2026-03-01T11:00:00.123456Z": 1772362800123, "2026-03-01T11:00:00": 1772362800000,
		"2026-03-01T11:00Z": 1772362800000, "2026-03-01": 1772323200000, "20260301T110000Z": 1772362800000,
		"1772362800": 1772362800000, "1772362800.5": 1772362800500, "1.7723628E9": 1772362800000,
	} {
		if got, err := shape.ParseTimestamp(text); err != nil || got.UnixMilli() != want {
			t.Errorf("%s is %v, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "now", "2026-13-01", "NaN", "1e300", "2026-03-01T11:00:00Zx"} {
		if got, err := shape.ParseTimestamp(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestDouble(t *testing.T) {
	for want, f := range map[string]float64{
		"1.0": 1, "0.0": 0, "-2.5": -2.5, "1.0E7": 1e7, "0.001": 0.001, "1.0E-4": 0.0001, "0.0666851903306472": 0.0666851903306472,
		"NaN": math.NaN(), "Infinity": math.Inf(1), "-Infinity": math.Inf(-1),
	} {
		if got := shape.Double(f); got != want {
			t.Errorf("%v is %s, want %s", f, got, want)
		}
	}
}
