package velocity

import (
	"math"
	"strings"
	"testing"

	"sluice/internal/fault"
)

func TestJSONKeepsItsOrderAndItsNumbers(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`{"b":1,"a":[],"c":{}}`, `{"b":1,"a":[],"c":{}}`},
		{`[1,-2,1.5,100000000.0,12345678901234567890,true,false,null,"x"]`, `[1,-2,1.5,1.0E8,12345678901234567890,true,false,null,"x"]`},
		{`"<a> & \u00fc \n"`, `"<a> & ü \n"`},
		{` 7 `, `7`}, {`null`, `null`}, {`{"a":1,"a":2}`, `{"a":2}`}, {`1e400`, `1e400`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			value, err := ParseJSON(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := newRun(nil).json(value); got != tt.want || err != nil {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

func TestJSONThatIsNestedTooDeeply(t *testing.T) {
	if _, err := ParseJSON(strings.Repeat("[", 500) + strings.Repeat("]", 500)); !fault.Is(err, fault.Invalid, "JSON") {
		t.Error(err)
	}
}

func TestNumbersThatJSONHasNot(t *testing.T) {
	for _, number := range []float64{math.Inf(1), math.NaN()} {
		if got, err := newRun(nil).json(number); got != "null" || err != nil {
			t.Errorf("got %s, %v", got, err)
		}
	}
}

func TestDecimalsAreAsJavaWritesThem(t *testing.T) {
	for number, want := range map[float64]string{
		0: "0.0", 1: "1.0", -2.5: "-2.5", 0.001: "0.001", 0.00012: "1.2E-4", 1e7: "1.0E7", 9999999: "9999999.0", 1.5e300: "1.5E300",
		math.Inf(1): "+Inf.0",
	} {
		if got := decimal(number); got != want {
			t.Errorf("%v: got %s, want %s", number, got, want)
		}
	}
}
