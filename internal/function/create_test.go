package function_test

import (
	"strconv"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestCreateFillsInDefaults(t *testing.T) {
	v := newBench(t).create(t, "code")
	want := config()
	want.Timeout, want.Memory, want.Storage = 3, 128, 512
	want.Architecture, want.LogFormat, want.LogGroup = "x86_64", "Text", "/aws/lambda/calculator"
	want.Tracing, want.SnapStart = "PassThrough", "None"
	if !v.Config.Equal(want) {
		t.Errorf("config %+v, want %+v", v.Config, want)
	}
}

func TestCreatedFunctionIsPendingAndThenSettles(t *testing.T) {
	b := newBench(t)
	v := b.create(t, "code")
	if v.Number != function.Latest || v.Settling == nil || !v.Settling.Creating {
		t.Fatalf("created %+v, want a settling $LATEST", v)
	}
	settled := v.At(v.Settling.Until)
	if settled.Settling != nil || settled.RevisionID == v.RevisionID {
		t.Errorf("settled %+v, want no settling and another revision than %s", settled, v.RevisionID)
	}
}

func TestCreateCanPublish(t *testing.T) {
	b := newBench(t)
	v, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), Publish: true})
	if err != nil || v.Number != 1 || v.Settling == nil {
		t.Fatalf("created %+v, %v; want a settling version 1", v, err)
	}
	if settled := v.At(v.Settling.Until); settled.RevisionID == v.RevisionID {
		t.Errorf("settled %+v, want another revision", settled)
	}
	again, err := b.Publish(t.Context(), b.id, function.Publication{})
	if err != nil || again.Number != 1 {
		t.Errorf("published again: %+v, %v; want version 1", again, err)
	}
}

func TestCreateRefuses(t *testing.T) {
	with := func(change func(*function.Config)) function.Config {
		c := config()
		change(&c)
		return c
	}
	long := strings.Repeat("x", 4096)
	for name, tt := range map[string]struct {
		name   string
		config function.Config
		code   string
		noun   string
	}{
		"a long name":              {strings.Repeat("a", 65), config(), "", "function"},
		"an unknown runtime":       {"f", with(func(c *function.Config) { c.Runtime = "PYTHON3.9" }), "", "configuration"},
		"no handler":               {"f", with(func(c *function.Config) { c.Handler = "" }), "", "configuration"},
		"a long timeout":           {"f", with(func(c *function.Config) { c.Timeout = 901 }), "", "bound"},
		"much memory":              {"f", with(func(c *function.Config) { c.Memory = 10241 }), "", "bound"},
		"much storage":             {"f", with(func(c *function.Config) { c.Storage = 10241 }), "", "bound"},
		"a level for text":         {"f", with(func(c *function.Config) { c.LogLevel = "DEBUG" }), "", "configuration"},
		"snapshots of native code": {"f", with(func(c *function.Config) { c.SnapStart = function.SnapshotPublished }), "", "configuration"},
		"a reserved variable":      {"f", with(func(c *function.Config) { c.Environment = map[string]string{"AWS_REGION": "x"} }), "", "environment"},
		"too many variables":       {"f", with(func(c *function.Config) { c.Environment = map[string]string{"A": long} }), "", "environment size"},
		"a package not a zip":      {"f", config(), "broken", "package"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.id.Name = tt.name
			_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: tt.config, Package: strings.NewReader(tt.code)})
			wantFault(t, err, fault.Invalid, tt.noun)
			_, err = b.Find(t.Context(), b.id, "")
			wantFault(t, err, fault.NotFound, "function")
		})
	}
}

func TestCreateRefusesASecondFunctionOfTheName(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), Package: strings.NewReader("broken")})
	wantFault(t, err, fault.Conflict, "function")
}

func TestCreateRefusesManyTags(t *testing.T) {
	b := newBench(t)
	tags := map[string]string{}
	for i := range 51 {
		tags[strconv.Itoa(i)] = ""
	}
	_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), Tags: tags})
	wantFault(t, err, fault.Invalid, "tags")
}

// 4096 bytes of JSON are allowed, and a < counts as one of them.
func TestTheEnvironmentMayHaveItsLimit(t *testing.T) {
	b := newBench(t)
	c := config()
	c.Environment = map[string]string{"A": strings.Repeat("<", 4096-len(`{"A":""}`))}
	if _, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: c}); err != nil {
		t.Error(err)
	}
}

func TestFunctionsOfOtherRegionsAreOthers(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	b.id.Region = "eu-central-1"
	b.create(t, "other code")
}
