package parameter_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/parameter"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "123456789012", Region: "eu-central-1"}

func id(name string) parameter.ID { return parameter.ID{Scope: scope, Name: name} }

func openStore(t *testing.T, folder string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, folder)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
	return s
}

func newSealer(t *testing.T, key byte) *parameter.Sealer {
	t.Helper()
	sealer, err := parameter.NewSealer([parameter.KeySize]byte{key})
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

func newService(t *testing.T) *parameter.Service {
	t.Helper()
	return parameter.NewService(openStore(t, t.TempDir()), newSealer(t, 1))
}

func put(t *testing.T, s *parameter.Service, c parameter.Change) *parameter.Parameter {
	t.Helper()
	p, err := s.Put(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func putAll(t *testing.T, s *parameter.Service, names ...string) {
	t.Helper()
	for _, name := range names {
		put(t, s, parameter.Change{ID: id(name), Value: "of " + name, Type: parameter.String})
	}
}

func value(t *testing.T, s *parameter.Service, text string, open bool) string {
	t.Helper()
	ref, err := parameter.ParseReference(scope, text)
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Get(t.Context(), ref, open)
	if err != nil {
		t.Fatal(err)
	}
	return found.Value
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun, says string) {
	t.Helper()
	if !fault.Is(err, kind, noun) || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want one of the kind %v about %s that says %q", err, kind, noun, says)
	}
}

func TestSecureValuesAreSealed(t *testing.T) {
	s := newService(t)
	put(t, s, parameter.Change{ID: id("/app/secret"), Value: "open sesame", Type: parameter.Secure})
	put(t, s, parameter.Change{ID: id("/app/other"), Value: "open sesame", Type: parameter.Secure})
	sealed := value(t, s, "/app/secret", false)
	if strings.Contains(sealed, "sesame") || sealed == value(t, s, "/app/other", false) {
		t.Errorf("the value is sealed as %q", sealed)
	}
	if got := value(t, s, "/app/secret", true); got != "open sesame" {
		t.Errorf("opened it is %q", got)
	}
	found, _, err := s.List(t.Context(), scope, parameter.Query{Path: "/app"}, "", 9, true)
	if err != nil || len(found) != 2 || found[0].Latest.Value != "open sesame" {
		t.Errorf("a list opens it as %+v, %v", found, err)
	}
	history, _, err := s.History(t.Context(), id("/app/secret"), 0, 9, true)
	if err != nil || history[0].Value != "open sesame" {
		t.Errorf("its history opens it as %+v, %v", history, err)
	}
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	records := openStore(t, t.TempDir())
	put(t, parameter.NewService(records, newSealer(t, 1)), parameter.Change{ID: id("secret"), Value: "x", Type: parameter.Secure})
	_, err := parameter.NewService(records, newSealer(t, 2)).Get(t.Context(), parameter.Reference{ID: id("secret")}, true)
	wantFault(t, err, fault.Internal, "parameter", "another key sealed it")
}

func TestPutAddsVersions(t *testing.T) {
	s := newService(t)
	put(t, s, parameter.Change{ID: id("rate"), Value: "1", Type: parameter.List, Description: new("what it costs"), Pattern: new("[0-9]+")})
	p := put(t, s, parameter.Change{ID: id("rate"), Value: "2", Overwrite: true, User: "me"})
	if v := p.Latest; v.Number != 2 || v.Type != parameter.List || v.Description != "what it costs" || v.DataType != "text" || v.User != "me" {
		t.Errorf("the second version is %+v", v)
	}
	_, err := s.Put(t.Context(), parameter.Change{ID: id("rate"), Value: "x", Overwrite: true})
	wantFault(t, err, fault.Invalid, "value", "allowedPattern: [0-9]+")
	for text, want := range map[string]string{"rate": "2", "rate:1": "1", "rate:2": "2"} {
		if got := value(t, s, text, false); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestPutRefuses(t *testing.T) {
	s := newService(t)
	put(t, s, parameter.Change{ID: id("taken"), Value: "1", Type: parameter.String})
	put(t, s, parameter.Change{ID: id("large"), Value: strings.Repeat("x", 4097), Type: parameter.String, Tier: parameter.Intelligent})
	for name, tt := range map[string]struct {
		change     parameter.Change
		kind       fault.Kind
		noun, says string
	}{
		"one that exists":       {parameter.Change{ID: id("taken"), Value: "2", Type: parameter.String}, fault.Conflict, "parameter", "The parameter already exists."},
		"no type":               {parameter.Change{ID: id("p"), Value: "2"}, fault.Invalid, "request", "A parameter type is required"},
		"no value":              {parameter.Change{ID: id("p"), Type: parameter.String}, fault.Invalid, "request", "Value '' at 'value'"},
		"tags of one there":     {parameter.Change{ID: id("taken"), Value: "2", Overwrite: true, Tags: map[string]string{"a": "b"}}, fault.Invalid, "request", "tags and overwrite can't be used together"},
		"an unknown kind":       {parameter.Change{ID: id("p"), Value: "2", Type: parameter.String, DataType: "Text"}, fault.Invalid, "request", "data type is not supported: Text"},
		"a value too long":      {parameter.Change{ID: id("p"), Value: strings.Repeat("x", 4097), Type: parameter.String}, fault.Invalid, "request", "maximum parameter value of 4096 characters"},
		"far too long":          {parameter.Change{ID: id("p"), Value: strings.Repeat("x", 8193), Type: parameter.String, Tier: parameter.Advanced}, fault.Invalid, "request", "8192 characters"},
		"a cheaper tier":        {parameter.Change{ID: id("large"), Value: "2", Overwrite: true, Tier: parameter.Standard}, fault.Invalid, "request", "can't downgrade"},
		"a key of a plain text": {parameter.Change{ID: id("p"), Value: "2", Type: parameter.String, Key: "k"}, fault.Invalid, "request", "KeyId"},
		"no pattern":            {parameter.Change{ID: id("p"), Value: "2", Type: parameter.String, Pattern: new("(")}, fault.Invalid, "pattern", "("},
		"not the whole pattern": {parameter.Change{ID: id("p"), Value: "12", Type: parameter.String, Pattern: new("1|2")}, fault.Invalid, "value", "1|2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Put(t.Context(), tt.change)
			wantFault(t, err, tt.kind, tt.noun, tt.says)
		})
	}
}

func TestTheOldestOfAHundredVersionsIsDropped(t *testing.T) {
	s := newService(t)
	change := parameter.Change{ID: id("rate"), Value: "1", Type: parameter.String, Overwrite: true}
	for range 101 {
		put(t, s, change)
	}
	history, more, err := s.History(t.Context(), id("rate"), 0, 100, false)
	if err != nil || more || len(history) != 100 || history[0].Number != 2 {
		t.Fatalf("%d versions from %d on, more: %v, %v", len(history), history[0].Number, more, err)
	}
	if _, _, err := s.Label(t.Context(), id("rate"), 2, []string{"live"}); err != nil {
		t.Fatal(err)
	}
	_, err = s.Put(t.Context(), change)
	wantFault(t, err, fault.Limit, "versions", "Version 2, the oldest version, can't be deleted")
}

func TestWhatIsNotThere(t *testing.T) {
	s := newService(t)
	putAll(t, s, "rate")
	get := func(text string) error {
		ref, err := parameter.ParseReference(scope, text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Get(t.Context(), ref, false)
		return err
	}
	wantFault(t, get("none"), fault.NotFound, "parameter", "none")
	wantFault(t, get("rate:2"), fault.NotFound, "version", "could not find version 2 of rate.")
	wantFault(t, get("rate:live"), fault.NotFound, "version", "could not find label live for parameter rate.")
	wantFault(t, s.Delete(t.Context(), id("none")), fault.NotFound, "parameter", "")
	_, _, err := s.History(t.Context(), id("none"), 0, 1, false)
	wantFault(t, err, fault.NotFound, "parameter", "")
	_, _, err = s.Label(t.Context(), id("rate"), 2, []string{"a"})
	wantFault(t, err, fault.NotFound, "version", "")
	wantFault(t, s.Tag(t.Context(), id("none"), nil), fault.NotFound, "parameter", "")
}

func TestAnARNFindsANameWithASlash(t *testing.T) {
	s := newService(t)
	putAll(t, s, "/rate", "cost", "/cost")
	for arn, want := range map[string]string{"rate": "of /rate", "cost": "of cost"} {
		if got := value(t, s, "arn:aws:ssm:eu-central-1:123456789012:parameter/"+arn, false); got != want {
			t.Errorf("%s finds %q, want %q", arn, got, want)
		}
	}
}

func TestDeletedParametersBeginAnew(t *testing.T) {
	s := newService(t)
	putAll(t, s, "rate")
	if err := s.Delete(t.Context(), id("rate")); err != nil {
		t.Fatal(err)
	}
	if p := put(t, s, parameter.Change{ID: id("rate"), Value: "2", Type: parameter.String}); p.Latest.Number != 1 {
		t.Errorf("it begins with version %d", p.Latest.Number)
	}
}

func TestLabelsPointAtOneVersion(t *testing.T) {
	s := newService(t)
	for _, v := range []string{"1", "2"} {
		put(t, s, parameter.Change{ID: id("rate"), Value: v, Type: parameter.String, Overwrite: true})
	}
	if _, bad, err := s.Label(t.Context(), id("rate"), 1, []string{"live", "1x", "aws-x", "a b", ""}); err != nil || fmt.Sprint(bad) != "[1x aws-x a b ]" {
		t.Errorf("bad labels %q, %v", bad, err)
	}
	if got := value(t, s, "rate:live", false); got != "1" {
		t.Errorf("live is %s", got)
	}
	if at, _, err := s.Label(t.Context(), id("rate"), 0, []string{"live"}); err != nil || at != 2 || value(t, s, "rate:live", false) != "2" {
		t.Errorf("live is at %d, %v", at, err)
	}
	removed, others, err := s.Unlabel(t.Context(), id("rate"), 2, []string{"live", "none"})
	if err != nil || fmt.Sprint(removed, others) != "[live] [none]" {
		t.Errorf("removed %v and not %v, %v", removed, others, err)
	}
	_, _, err = s.Label(t.Context(), id("rate"), 1, strings.Split("abcdefghijk", ""))
	wantFault(t, err, fault.Limit, "labels", "maximum 10 labels")
}

func TestTags(t *testing.T) {
	s := newService(t)
	put(t, s, parameter.Change{ID: id("rate"), Value: "1", Type: parameter.String, Tags: map[string]string{"a": "1"}})
	if err := s.Tag(t.Context(), id("rate"), map[string]string{"b": "2"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Untag(t.Context(), id("rate"), []string{"a", "none"}); err != nil {
		t.Fatal(err)
	}
	if tags, err := s.Tags(t.Context(), id("rate")); err != nil || fmt.Sprint(tags) != "map[b:2]" {
		t.Errorf("the tags are %v, %v", tags, err)
	}
	many := map[string]string{}
	for i := range 50 {
		many[fmt.Sprint(i)] = ""
	}
	wantFault(t, s.Tag(t.Context(), id("rate"), many), fault.Limit, "tags", "50 tags")
}
