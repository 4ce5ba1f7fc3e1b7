package cloudformation

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestSeconds(t *testing.T) {
	for name, tt := range map[string]struct {
		value any
		want  time.Duration
		fails bool
	}{
		"a number": {json.Number("90"), 90 * time.Second, false}, "a text": {"60", time.Minute, false}, "none": {"0", 0, false},
		"the longest": {"3600", time.Hour, false}, "longer": {"3601", 0, true}, "less than none": {"-1", 0, true},
		"half of one": {"0.5", 0, true}, "nothing": {nil, 0, true}, "a list": {[]any{"1"}, 0, true},
		"more than there is": {"9223372036854775807", 0, true},
	} {
		if got, err := seconds(tt.value, time.Hour); got != tt.want || (err != nil) != tt.fails {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Functions get each scalar as a text, parameters of nested stacks each list as one.
func TestValuesAsTexts(t *testing.T) {
	given := members{"n": json.Number("1.50"), "b": true, "l": []any{1, nil, members{"s": "x"}}, "none": nil}
	want := members{"n": "1.50", "b": "true", "l": []any{"1", nil, members{"s": "x"}}, "none": nil}
	if got := allText(given); !reflect.DeepEqual(got, want) {
		t.Errorf("a function gets %v", got)
	}
	for want, given := range map[string]any{"a": "a", "1": 1, "a,2,true": []any{"a", 2, true}, "": []any{}} {
		if got := joined(given); got != want {
			t.Errorf("%v is the parameter %q", given, got)
		}
	}
}
