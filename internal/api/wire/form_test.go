package wire

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func TestParseForm(t *testing.T) {
	for _, tt := range []struct {
		raw  string
		want form
	}{
		{"", form{}},
		{"&&", form{}},
		{"b=2&a=1", form{{"a", "1"}, {"b", "2"}}},
		{"a=x+y%26z&%41=", form{{"A", ""}, {"a", "x y&z"}}},
		{"a=1&a=2", form{{"a", "1"}, {"a", "2"}}},
		{"a", form{{"a", ""}}},
	} {
		if got, err := parseForm(tt.raw); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q is %v, %v; want %v", tt.raw, got, err, tt.want)
		}
	}
}

func TestAFormMayHaveMoreParametersThanNetURLTakes(t *testing.T) {
	var raw strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&raw, "&names.member.%d=x", i+1)
	}
	f, err := parseForm(raw.String())
	if err != nil {
		t.Fatal(err)
	}
	var got sample
	if err := readForm(reflect.ValueOf(&got).Elem(), f); err != nil || len(got.Names) != 60_000 {
		t.Errorf("%d names, %v", len(got.Names), err)
	}
}

func TestAFormIsRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"for an escape that is none":   "a=%zz",
		"for such an escape in a name": "%=1",
		"for too many levels":          strings.Repeat("a.", 100) + "b=1",
		"for a name too long":          strings.Repeat("a", 2000) + "=1",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseForm(raw); err == nil || err.Code != "MalformedQueryString" || err.Status != 400 {
				t.Errorf("got %v", err)
			}
		})
	}
}

// pieces has lists and maps as some services' models spell them.
type pieces struct {
	Flat  []string          `json:"Flat" list:"flat"`
	Named []sample          `json:"Named" list:"flat,item=Name"`
	Item  []string          `json:"Item" list:"item=Name"`
	Attrs map[string]string `json:"Attrs" list:"flat,key=Name,value=Value"`
	Plain map[string]sample `json:"Plain"`
	Rows  [][]string        `json:"Rows"`
	Any   *pieces           `json:"Any"`
}

func TestReadForm(t *testing.T) {
	text := func(s string) *string { return &s }
	for _, tt := range []struct {
		raw  string
		want sample
	}{
		{"Action=Do&Version=1", sample{}},
		{"text=a&yes=true&count=-3&ratio=1.5e3&raw=aGk%3D", sample{Text: text("a"), Yes: new(true), Count: new(int64(-3)), Ratio: new(1500.0), Raw: []byte("hi")}},
		{"text=", sample{Text: text("")}},
		{"names.member.1=a&names.member.2=b", sample{Names: []string{"a", "b"}}},
		{"names.member.10=j&names.member.9=i&names.member.1=a", sample{Names: []string{"a", "i", "j"}}},
		{"names.member.999999999=z&names.member.7=a", sample{Names: []string{"a", "z"}}},
		{"names=", sample{Names: []string{}}},
		{"names.member=", sample{Names: []string{}}},
		{"inners.member.1.text=a&inners.member.2.inner.names.member.1=b", sample{Inners: []sample{{Text: text("a")}, {Inner: &sample{Names: []string{"b"}}}}}},
		{"weights.entry.1.key=a&weights.entry.1.value=0.5&weights.entry.2.key=b&weights.entry.2.value=1", sample{Weights: map[string]float64{"a": 0.5, "b": 1}}},
		{"weights=", sample{Weights: map[string]float64{}}},
		{"inner=", sample{Inner: &sample{}}},
		{"inner.unknown=1&Header=x&textual=1&text.x=1&text=b", sample{Inner: &sample{}, Text: text("b")}},
	} {
		var got sample
		read(t, tt.raw, &got)
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s is %s, want %s", tt.raw, shown(t, got), shown(t, tt.want))
		}
	}
}

func TestReadFormInTheSpellingOfTheModel(t *testing.T) {
	one := "1"
	for _, tt := range []struct {
		raw  string
		want pieces
	}{
		{"Flat.1=a&Flat.2=b", pieces{Flat: []string{"a", "b"}}},
		{"Named.1.text=1&Named.2=", pieces{Named: []sample{{Text: &one}, {}}}},
		{"Item.Name.1=a", pieces{Item: []string{"a"}}},
		{"Attrs.1.Name=a&Attrs.1.Value=b", pieces{Attrs: map[string]string{"a": "b"}}},
		{"Plain.entry.1.key=a&Plain.entry.1.value.text=1", pieces{Plain: map[string]sample{"a": {Text: &one}}}},
		{"Rows.member.1.member.1=a&Rows.member.2=", pieces{Rows: [][]string{{"a"}, {}}}},
		{"Any.Any.Flat=", pieces{Any: &pieces{Any: &pieces{Flat: []string{}}}}},
	} {
		var got pieces
		read(t, tt.raw, &got)
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s is %s, want %s", tt.raw, shown(t, got), shown(t, tt.want))
		}
	}
}

func shown(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func read(t *testing.T, raw string, into any) {
	t.Helper()
	f, failed := parseForm(raw)
	if failed != nil {
		t.Fatal(failed)
	}
	if err := readForm(reflect.ValueOf(into).Elem(), f); err != nil {
		t.Errorf("%s: %v", raw, err)
	}
}

func TestReadFormTimes(t *testing.T) {
	for _, raw := range []string{"at=2026-03-01T11:00:00Z", "at=1772362800", "at=2026-03-01T11%3A00%3A00.000Z"} {
		var got sample
		read(t, raw, &got)
		if got.At == nil || got.At.Unix() != 1772362800 {
			t.Errorf("%s is %v", raw, got.At)
		}
	}
}

func TestReadFormNamesTheParameterAndHidesItsValue(t *testing.T) {
	for raw, want := range map[string]string{
		"count=SECRET":                   "'count' is not a whole number",
		"ratio=SECRET":                   "'ratio' is not a number",
		"ratio=":                         "'ratio' is not a number",
		"yes=SECRET":                     "'yes' is not a boolean",
		"at=SECRET":                      "'at' is not a timestamp",
		"raw=SECRET!":                    "'raw' is not valid base64",
		"text.member.1=SECRET":           "'text' has parts, where a string is expected",
		"names=SECRET":                   "'names' is a single value, where a list is expected",
		"names.1=SECRET":                 "'names.1' is no part of a list",
		"names.member=SECRET":            "'names.member' is a single value, where a list is expected",
		"names.member.x=SECRET":          "'names.member.x' is no part of a list",
		"names.member.01=SECRET":         "'names.member.01' is no part of a list",
		"names.member.-1=SECRET":         "'names.member.-1' is no part of a list",
		"names.member.9999999999=SECRET": "'names.member.9999999999' is no part of a list",
		"names.member.1=a&names.member.1-x=SECRET&names.member.1.x=SECRET": "'names.member.1-x' is no part of a list",
		"names.member.1.x=SECRET":                            "'names.member.1' has parts, where a string is expected",
		"inner=SECRET":                                       "'inner' is a single value, where a structure is expected",
		"inner.inner.count=SECRET":                           "'inner.inner.count' is not a whole number",
		"inners.member.2.count=SECRET":                       "'inners.member.2.count' is not a whole number",
		"weights=SECRET":                                     "'weights' is a single value, where a map is expected",
		"weights.entry.1.key=SECRET":                         "'weights.entry.1' is an entry without a key or a value",
		"weights.entry.1.value=SECRET":                       "'weights.entry.1' is an entry without a key or a value",
		"weights.entry.1.key=a&weights.entry.1.value=SECRET": "'weights.entry.1.value' is not a number",
		"weights.SECRET.1=a":                                 "is no part of a map",
	} {
		f, failed := parseForm(raw)
		if failed != nil {
			t.Fatal(failed)
		}
		err := readForm(reflect.ValueOf(new(sample)).Elem(), f)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "SECRET") && !strings.Contains(raw, ".SECRET") {
			t.Errorf("%s: %v, want %s", raw, err, want)
		}
	}
}

// FuzzReadForm looks for panics, and for lists that are longer than the parameters that name their items.
func FuzzReadForm(f *testing.F) {
	for _, raw := range []string{
		"text=a&names.member.1=a&inners.member.1.inner.names.member.999999999=x", "weights.entry.1.key=a&weights.entry.1.value=1",
		"names.member.1-x=1&names.member.1=&names.member.1.x=2", "a=%zz&.=&..=1", "inner.inner.inner.inner=", "at=1e9&raw=aGk=",
	} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		parsed, failed := parseForm(raw)
		if failed != nil {
			return
		}
		var got sample
		if readForm(reflect.ValueOf(&got).Elem(), parsed) == nil && len(got.Names)+len(got.Inners)+len(got.Weights) > len(parsed) {
			t.Errorf("%q gives %d names, %d structures", raw, len(got.Names), len(got.Inners))
		}
	})
}

// TestALongFormTakesLittle: what a parameter's name says must not decide how much memory it takes.
func TestALongFormTakesLittle(t *testing.T) {
	raw := strings.Repeat("inner.", 60) + "text=a&names.member.999999999=x&" + url.QueryEscape(strings.Repeat("a.", 60)) + "=1"
	f, failed := parseForm(raw)
	if failed != nil {
		t.Fatal(failed)
	}
	got := testing.AllocsPerRun(100, func() {
		if err := readForm(reflect.ValueOf(new(sample)).Elem(), f); err != nil {
			t.Fatal(err)
		}
	})
	if got > 1500 {
		t.Errorf("%v allocations", got)
	}
}
