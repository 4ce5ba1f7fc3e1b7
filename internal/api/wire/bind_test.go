package wire

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/lambda"
)

// sample has a member of each kind.
type sample struct {
	Text    *string            `json:"text"`
	Yes     *bool              `json:"yes"`
	Count   *int64             `json:"count"`
	Ratio   *float64           `json:"ratio"`
	At      *shape.Timestamp   `json:"at"`
	Raw     []byte             `json:"raw"`
	Names   []string           `json:"names"`
	Weights map[string]float64 `json:"weights"`
	Inner   *sample            `json:"inner"`
	Inners  []sample           `json:"inners"`
	Header  *string            `json:"-" header:"X-Header"`
}

func TestReadJSON(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{``, `{}`},
		{`  `, `{}`},
		{`null`, `{}`},
		{`{"text":"a","yes":true,"names":["x"],"raw":"aGk="}`, `{"text":"a","yes":true,"raw":"aGk=","names":["x"]}`},
		{`{"text":null,"names":null,"inner":null,"weights":null}`, `{}`},
		{`{"TEXT":"a","Header":"b","X-Header":"c","unknown":{"deep":[1]}}`, `{}`},
		{`{"count":3}`, `{"count":3}`},
		{`{"count":3.0}`, `{"count":3}`},
		{`{"count":3e0}`, `{"count":3}`},
		{`{"count":9007199254740993}`, `{"count":9007199254740993}`},
		{`{"ratio":1,"weights":{"2":1}}`, `{"ratio":1,"weights":{"2":1}}`},
		{`{"at":1772362800.5}`, `{"at":1772362800.500}`},
		{`{"names":[],"weights":{},"raw":""}`, `{"raw":"","names":[],"weights":{}}`},
		{`{"inner":{"inners":[{"text":"a"},{}]}}`, `{"inner":{"inners":[{"text":"a"},{}]}}`},
		{`{"text":"a","text":"b"}`, `{"text":"b"}`},
	} {
		var got sample
		if err := readJSON([]byte(tt.body), reflect.ValueOf(&got).Elem()); err != nil {
			t.Errorf("%s: %v", tt.body, err)
		}
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if clean := omitNull(t, text); clean != omitNull(t, []byte(tt.want)) {
			t.Errorf("%s gives %s, want %s", tt.body, clean, tt.want)
		}
	}
}

func omitNull(t *testing.T, text []byte) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(withoutNull(tree))
}

func withoutNull(tree any) any {
	switch x := tree.(type) {
	case map[string]any:
		for key, value := range x {
			if value == nil {
				delete(x, key)
			} else {
				x[key] = withoutNull(value)
			}
		}
	case []any:
		for i := range x {
			x[i] = withoutNull(x[i])
		}
	}
	return tree
}

func TestWrongTypesNameTheMember(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`[]`, "The request's body is a list, where a structure is expected."},
		{`"x"`, "The request's body is a string, where a structure is expected."},
		{`{"text":1}`, "Value at 'text' is a whole number, where a string is expected."},
		{`{"text":{}}`, "Value at 'text' is a structure, where a string is expected."},
		{`{"yes":"true"}`, "Value at 'yes' is a string, where a boolean is expected."},
		{`{"count":"3"}`, "Value at 'count' is a string, where a whole number is expected."},
		{`{"count":3.5}`, "Value at 'count' is a number, where a whole number is expected."},
		{`{"count":9223372036854775808}`, "Value at 'count' is a number, where a whole number is expected."},
		{`{"count":1e999}`, "Value at 'count' is a number, where a whole number is expected."},
		{`{"ratio":true}`, "Value at 'ratio' is a boolean, where a number is expected."},
		{`{"at":"2026-03-01"}`, "Value at 'at' is a string, where a timestamp in epoch seconds is expected."},
		{`{"at":1e300}`, "Value at 'at' is out of the range of timestamps."},
		{`{"raw":"~"}`, "Value at 'raw' is not valid base64."},
		{`{"raw":[1]}`, "Value at 'raw' is a list, where a blob is expected."},
		{`{"names":"x"}`, "Value at 'names' is a string, where a list is expected."},
		{`{"names":["a",1]}`, "Value at 'names[1]' is a whole number, where a string is expected."},
		{`{"names":["a",null]}`, "Value at 'names[1]' is null, where a string is expected."},
		{`{"weights":[]}`, "Value at 'weights' is a list, where a map is expected."},
		{`{"weights":{"SECRET":"x"}}`, "Value at 'weights.value' is a string, where a number is expected."},
		{`{"weights":{"SECRET":null}}`, "Value at 'weights.value' is null, where a number is expected."},
		{`{"inner":{"inners":[{"count":"x"}]}}`, "Value at 'inner.inners[0].count' is a string, where a whole number is expected."},
		{`{"inner":[]}`, "Value at 'inner' is a list, where a structure is expected."},
	} {
		err := readJSON([]byte(tt.body), reflect.ValueOf(&sample{}).Elem())
		var e *Error
		if !errors.As(err, &e) || e.Code != "SerializationException" || e.Status != 400 || e.Message != tt.want {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.body, err, tt.want)
		}
	}
}

func TestOfSeveralWrongTypesTheSameIsTold(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`{"inner":1,"names":2,"count":"3","yes":4,"text":5}`, "Value at 'text' is a whole number, where a string is expected."},
		{`{"weights":{"d":true,"c":[],"b":null,"a":"x"}}`, "Value at 'weights.value' is a string, where a number is expected."},
	} {
		for range 50 { // a map's order would differ sooner or later
			err := readJSON([]byte(tt.body), reflect.ValueOf(&sample{}).Elem())
			var e *Error
			if !errors.As(err, &e) || e.Message != tt.want {
				t.Fatalf("%s:\ngot  %v\nwant %s", tt.body, err, tt.want)
			}
		}
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	body := strings.Repeat(`{"inner":`, 200000) + "1" + strings.Repeat("}", 200000)
	if err := readJSON([]byte(body), reflect.ValueOf(&sample{}).Elem()); err == nil {
		t.Error("200000 levels are accepted")
	}
}

func TestBindCBOR(t *testing.T) {
	for name, tt := range map[string]struct {
		tree map[string]any
		want sample
	}{
		"unsigned": {map[string]any{"count": uint64(7), "ratio": uint64(1)}, sample{Count: new(int64(7)), Ratio: new(1.0)}},
		"negative": {map[string]any{"count": int64(-7)}, sample{Count: new(int64(-7))}},
		"double":   {map[string]any{"count": 7.0, "ratio": float32(0.5)}, sample{Count: new(int64(7)), Ratio: new(0.5)}},
		"bignum":   {map[string]any{"ratio": big.NewInt(5)}, sample{Ratio: new(5.0)}},
		"blob":     {map[string]any{"raw": []byte{1, 2}}, sample{Raw: []byte{1, 2}}},
		"time":     {map[string]any{"at": time.UnixMilli(1500)}, sample{At: shape.At(time.UnixMilli(1500).UTC())}},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := cbor.Marshal(tt.tree)
			if err != nil {
				t.Fatal(err)
			}
			if name == "time" {
				at, err := cbor.Marshal(shape.At(tt.tree["at"].(time.Time)))
				if err != nil {
					t.Fatal(err)
				}
				text = append([]byte("\xa1\x62at"), at...)
			}
			var got sample
			if err := (cborRPC{}).read(&Request{Body: text}, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestNumbersBeyondTheirTypeAreRefused(t *testing.T) {
	for _, tree := range []any{uint64(math.MaxInt64) + 1, math.NaN(), math.Inf(1), 1e19, -1e19} {
		if n, ok := wholeNumber(tree); ok {
			t.Errorf("%v is %d", tree, n)
		}
	}
}

// TestAnyBodyIsReadOrRefused throws random documents, made of the members that a structure has, at every operation.
func TestAnyBodyIsReadOrRefused(t *testing.T) {
	operations := append(append([]shape.Operation{}, lambda.Model.Operations...), codedeploy.Model.Operations...)
	rapid.Check(t, func(t *rapid.T) {
		op := rapid.SampledFrom(operations).Draw(t, "operation")
		in := reflect.New(reflect.TypeOf(op.Input).Elem())
		tree := document(in.Elem().Type(), 5).Draw(t, "document")
		text, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if readJSON(text, in.Elem()) == nil {
			for _, v := range shape.Validate(op.Rules, in.Interface()) {
				_ = v.String()
			}
		}
		if text, err = cbor.Marshal(tree); err != nil {
			t.Fatal(err)
		}
		_ = cborRPC{}.read(&Request{Body: text}, reflect.New(in.Elem().Type()).Interface())
	})
}

func FuzzBodies(f *testing.F) {
	f.Add([]byte(`{"applicationName":"a","tags":[{"Key":"k"}]}`))
	f.Add([]byte("\xa1\x6fapplicationName\x61a"))
	f.Fuzz(func(_ *testing.T, body []byte) {
		_ = readJSON(body, reflect.ValueOf(&codedeploy.CreateApplicationInput{}).Elem())
		_ = cborRPC{}.read(&Request{Body: body}, &codedeploy.CreateApplicationInput{})
	})
}

// document draws something that may or may not fit t.
func document(t reflect.Type, depth int) *rapid.Generator[any] {
	return rapid.Custom(func(r *rapid.T) any {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if depth == 0 || rapid.IntRange(0, 9).Draw(r, "odd") == 0 {
			return rapid.SampledFrom([]any{nil, "text", "", 1, -1, 0.5, 1e300, true, []any{}, map[string]any{}, []any{nil},
				map[string]any{"": nil}, "2024-01-01", "aGk=", "\U0001F980"}).Draw(r, "scalar")
		}
		switch t.Kind() {
		case reflect.Struct:
			members := map[string]any{}
			for _, p := range layoutOf(t).body {
				if rapid.Bool().Draw(r, p.name) {
					members[p.name] = document(t.Field(p.field).Type, depth-1).Draw(r, p.name)
				}
			}
			return members
		case reflect.Slice:
			return rapid.SliceOfN(document(t.Elem(), depth-1), 0, 3).Draw(r, "list")
		case reflect.Map:
			return map[string]any{"k": document(t.Elem(), depth-1).Draw(r, "value")}
		case reflect.String:
			return rapid.String().Draw(r, "text")
		case reflect.Bool:
			return rapid.Bool().Draw(r, "bool")
		}
		return rapid.Float64Range(-1e6, 1e6).Draw(r, "number")
	})
}

func TestCBORTimestampsAreInRange(t *testing.T) {
	epoch := func(number ...byte) []byte { return append([]byte{0xa1, 0x62, 'a', 't', 0xc1}, number...) }
	double := func(f float64) []byte {
		return epoch(binary.BigEndian.AppendUint64([]byte{0xfb}, math.Float64bits(f))...)
	}
	whole := func(major byte, n uint64) []byte { return epoch(binary.BigEndian.AppendUint64([]byte{major}, n)...) }
	for name, body := range map[string][]byte{
		"NaN": double(math.NaN()), "infinity": double(math.Inf(1)), "minus infinity": double(math.Inf(-1)),
		"a double of the year 10000": double(253402300800), "a huge double": double(1e300), "a tiny double": double(-1e300),
		"the year 10000": whole(0x1b, 253402300800), "the largest": whole(0x1b, math.MaxInt64), "beyond": whole(0x1b, math.MaxUint64),
		"the least": whole(0x3b, math.MaxInt64), "below the least": whole(0x3b, math.MaxUint64),
	} {
		t.Run(name, func(t *testing.T) {
			var got sample
			err := cborRPC{}.read(&Request{Body: body}, &got)
			var e *Error
			if !errors.As(err, &e) || e.Status != 400 || got.At != nil && !got.At.IsZero() {
				t.Errorf("%v, and the time %v", err, got.At)
			}
			if e != nil && e.Message != "Value at 'at' is out of the range of timestamps." && e.Message != "The request's body is not valid CBOR." {
				t.Errorf("message %s", e.Message)
			}
		})
	}
	t.Run("the last second of the year 9999", func(t *testing.T) {
		var got sample
		if err := (cborRPC{}).read(&Request{Body: whole(0x1b, 253402300799)}, &got); err != nil || got.At.Year() != 9999 {
			t.Errorf("%v, %v", got.At, err)
		}
	})
}
