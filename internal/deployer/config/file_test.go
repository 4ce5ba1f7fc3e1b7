package config_test

import (
	"errors"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sluice/internal/deployer"
	"sluice/internal/deployer/config"
	"sluice/internal/fault"
)

var update = flag.Bool("update", false, "rewrite testdata")

// variables and files that the tests' sources have.
func sources() config.Sources {
	variables := map[string]string{"RATE": "7", "EMPTY": "", "PASSWORD": "hunter2"}
	files := map[string]string{"role.txt": "arn:aws:iam::1:role/x\n", "values.yaml": "db:\n  host: h1\n", "values.json": `{"a": {"b": 5}}`}
	return config.Sources{
		Variable: func(name string) (string, bool) { v, ok := variables[name]; return v, ok },
		File: func(path string) ([]byte, error) {
			if text, ok := files[path]; ok {
				return []byte(text), nil
			}
			return nil, errors.New("no such file")
		},
		Git: deployer.Stamp{Commit: "9fceb02", Tag: "v1.2.3"},
	}
}

func environment(t *testing.T, file, name string) *deployer.Environment {
	t.Helper()
	f, err := config.Read([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	env, err := f.Environment(name, sources())
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// The example of the design, with every override.
const design = `
project: bonus
defaults:
  runtime: nodejs22.x
  role: arn:aws:iam::123456789012:role/lambda
  alias: LIVE
  memory: 128
functions:
  calculator:
    name: BonusCalculator-${env}
    code: src/calculator
    build: make zip
    handler: index.handler
    memory: 256
    environment: {RATE: "${RATE}", VERSION: "${git.tag}"}
  audit:
    code: s3://bucket/audit.zip
    handler: a.b
    timeout: 30
    live: {version1: 3, version2: "4", version2_percentage: 12.5}
environments:
  sbx: {publish: false}
  stg: {strategy: all-at-once}
  prd:
    region: ap-northeast-1
    strategy: {increments: [25, 50, 75]}
    engine: direct
    alarms: [errors-high]
    check: ./smoke.sh
    hooks: {before: preflight, after: ./e2e.sh}
    memory: 512
    functions:
      calculator: {environment: {RATE: null, DEBUG: "0"}, timeout: 1m}
`

func TestDesign(t *testing.T) {
	got := environment(t, design, "prd")
	settings := deployer.Settings{Runtime: "nodejs22.x", Role: "arn:aws:iam::123456789012:role/lambda", MemoryMB: 512}
	audit, calculator := settings, settings
	audit.Handler, audit.Timeout = "a.b", 30*time.Second
	calculator.Handler, calculator.Timeout = "index.handler", time.Minute
	calculator.Environment = map[string]deployer.Secret{"VERSION": "v1.2.3", "DEBUG": "0"}
	want := &deployer.Environment{
		Project: "bonus", Name: "prd", Region: "ap-northeast-1", Publish: true, Confirm: true, Engine: deployer.Direct,
		Strategy: deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}, Interval: time.Minute},
		Checks:   deployer.Checks{Alarms: []string{"errors-high"}, Command: "./smoke.sh"}, Hooks: deployer.Hooks{Before: "preflight", After: "./e2e.sh"},
		Functions: []deployer.Function{
			{
				Key: "audit", Name: "bonus-prd-audit", Alias: "LIVE", Settings: audit, Code: deployer.Code{Source: "s3://bucket/audit.zip"},
				Live: &deployer.Live{Version1: "3", Version2: "4", Percentage: 12.5},
			},
			{Key: "calculator", Name: "BonusCalculator-prd", Alias: "LIVE", Settings: calculator, Code: deployer.Code{Source: "src/calculator", Build: "make zip"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	if sbx := environment(t, design, "sbx"); sbx.Publish || sbx.Confirm || sbx.Functions[1].Settings.MemoryMB != 256 {
		t.Errorf("sbx: %+v", sbx)
	}
}

const head = "project: p\nfunctions: {f: {code: src}}\nenvironments:\n"

func TestStrategies(t *testing.T) {
	for written, want := range map[string]deployer.Strategy{
		"all-at-once":                               {Kind: deployer.AllAtOnce},
		"{canary: {percent: 10, for: 5m}}":          {Kind: deployer.Canary, Percent: 10, Interval: 5 * time.Minute},
		"{canary: {percent: 10, minutes: 5}}":       {Kind: deployer.Canary, Percent: 10, Interval: 5 * time.Minute},
		"{linear: {percent: 2.5, every: 90s}}":      {Kind: deployer.Linear, Percent: 2.5, Interval: 90 * time.Second},
		"{increments: [5, 50], every: 2h}":          {Kind: deployer.Increments, Percents: []float64{5, 50}, Interval: 2 * time.Hour},
		"{steps: 4, interval: 120s, type: linear}":  {Kind: deployer.Increments, Percents: []float64{25, 50, 75}, Interval: 2 * time.Minute},
		"{steps: 2, interval: 120}":                 {Kind: deployer.Increments, Percents: []float64{50}, Interval: 2 * time.Minute},
		"CodeDeployDefault.LambdaAllAtOnce":         {Kind: deployer.AllAtOnce, Predefined: "CodeDeployDefault.LambdaAllAtOnce"},
		"{steps: 1, interval: 120}":                 {Kind: deployer.AllAtOnce},
		"Canary10Percent5Minutes":                   {Kind: deployer.Canary, Percent: 10, Interval: 5 * time.Minute, Predefined: "CodeDeployDefault.LambdaCanary10Percent5Minutes"},
		"{linear: {percent: '${RATE}', every: 1m}}": {Kind: deployer.Linear, Percent: 7, Interval: time.Minute},
	} {
		t.Run(written, func(t *testing.T) {
			if got := environment(t, head+"  e: {strategy: "+written+"}", "e").Strategy; !reflect.DeepEqual(got, want) {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
	if got := environment(t, head+"  e: {}", "e").Strategy; got.Kind != deployer.AllAtOnce {
		t.Errorf("nothing said: %+v", got)
	}
}

func TestVariables(t *testing.T) {
	for written, want := range map[string]string{
		"${RATE}": "7", "a${RATE}b${RATE}": "a7b7", "$${RATE}": "${RATE}", "${NONE:-x}": "x", "${EMPTY:-x}": "x", "${EMPTY}": "", "${RATE:-x}": "7",
		"${env}-${project}-${function}": "e-p-f", "${git.commit} ${git.tag}": "9fceb02 v1.2.3", "${file:role.txt}": "arn:aws:iam::1:role/x",
		"${file:values.yaml#db.host}": "h1", "${file:values.json#a.b}": "5", "$5 {x}": "$5 {x}", "${region}": "eu-west-1",
	} {
		t.Run(written, func(t *testing.T) {
			f := environment(t, head+"  e: {region: eu-west-1, environment: {XX: '"+written+"'}}", "e").Functions[0]
			if got := string(f.Settings.Environment["XX"]); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestSomethingStandsForWhatIsNotSet(t *testing.T) {
	f, err := config.Read([]byte(head + "  e: {environment: {XX: '${NONE}', YY: '${NONE:-x}'}}"))
	if err != nil {
		t.Fatal(err)
	}
	env, err := f.Environment("e", config.Sources{Unset: "?"})
	if err != nil {
		t.Fatal(err)
	}
	if v := env.Functions[0].Settings.Environment; v["XX"] != "?" || v["YY"] != "x" {
		t.Errorf("%q, %q", string(v["XX"]), string(v["YY"]))
	}
}

func TestOverrides(t *testing.T) {
	const file = `
project: p
defaults: {memory: 1, tags: {a: "1", b: "1"}, layers: [l1]}
functions: {f: {code: src, memory: 2, tags: {b: "2"}, layers: []}}
environments:
  plain: {}
  all: {memory: 3, tags: {a: null, c: "3"}}
  one: {memory: 3, functions: {f: {memory: 4, layers: [l4]}}}
`
	for name, want := range map[string]struct {
		memory int
		tags   map[string]string
		layers []string
	}{
		"plain": {2, map[string]string{"a": "1", "b": "2"}, []string{}},
		"all":   {3, map[string]string{"b": "2", "c": "3"}, []string{}},
		"one":   {4, map[string]string{"a": "1", "b": "2"}, []string{"l4"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := environment(t, file, name).Functions[0]
			if f.Settings.MemoryMB != want.memory || !reflect.DeepEqual(f.Tags, want.tags) || !reflect.DeepEqual(f.Settings.Layers, want.layers) {
				t.Errorf("%d, %v, %#v", f.Settings.MemoryMB, f.Tags, f.Settings.Layers)
			}
		})
	}
}

func TestLiveOfSeed001(t *testing.T) {
	for written, want := range map[string]*deployer.Live{
		"null": nil, "{version1: null, version2: null, version2_percentage: null}": nil, "{version1: LATEST}": {Version1: deployer.Latest},
		"{version1: 3}": {Version1: "3"}, "{version1: 3, version2: 4, version2_percentage: 10}": {Version1: "3", Version2: "4", Percentage: 10},
	} {
		t.Run(written, func(t *testing.T) {
			if got := environment(t, head+"  e: {live: "+written+"}", "e").Functions[0].Live; !reflect.DeepEqual(got, want) {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

func TestAnchorsAndMergeKeys(t *testing.T) {
	env := environment(t, "project: p\nfunctions: {f: {code: src}}\nenvironments:\n  a: &a {memory: 5, region: r}\n  b: {<<: *a, memory: 6}\n", "b")
	if env.Region != "r" || env.Functions[0].Settings.MemoryMB != 6 {
		t.Errorf("%+v", env)
	}
}

func TestUnknownEnvironment(t *testing.T) {
	f, err := config.Read([]byte(design))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Environment("prod", sources()); !fault.Is(err, fault.NotFound, "environment") || !strings.Contains(err.Error(), "sbx, stg, prd") {
		t.Errorf("error %v", err)
	}
}

// Each file of testdata/wrong.txtar is wrong in one way; the comment at its head is what is said of it.
func TestWrong(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/wrong.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range archive.Files {
		name, body := file.Name, string(file.Data)
		want, text, _ := strings.Cut(body, "---\n")
		t.Run(name, func(t *testing.T) {
			got := said(text)
			if got == "" {
				t.Fatal("nothing is wrong")
			}
			if *update {
				archive.Files[i].Data = []byte(got + "\n---\n" + text)
			} else if strings.TrimSpace(want) != got {
				t.Errorf("said\n%s\nwant\n%s", got, want)
			}
			if strings.Contains(got, "hunter2") {
				t.Error("a secret is told")
			}
		})
	}
	if *update {
		if err := os.WriteFile("testdata/wrong.txtar", txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// said is the error of a file, from reading it or from resolving its environment e.
func said(text string) string {
	f, err := config.Read([]byte(text))
	if err == nil {
		_, err = f.Environment("e", sources())
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(design))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := config.Read(text)
		if err != nil {
			return
		}
		for _, name := range file.Environments() {
			_, _ = file.Environment(name, sources())
		}
	})
}

func TestAnEngineThatMovesNothingMayHaveAnyStrategy(t *testing.T) {
	const text = "project: p\ndefaults: {engine: codedeploy, strategy: {increments: [5, 25]}}\nfunctions: {f: {code: x}}\nenvironments: {e: {publish: false}}\n"
	if got := said(text); got != "" {
		t.Error(got)
	}
}
