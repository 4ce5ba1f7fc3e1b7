package config_test

import (
	"os"
	"reflect"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/config"
)

// What init writes reads back as what it was told, whatever is in the values.
func TestInitialReadsBack(t *testing.T) {
	settings := deployer.Settings{
		Runtime: "python3.12", Handler: "app.handler", Role: "arn:aws:iam::123456789012:role/x", MemoryMB: 256, Timeout: 30 * time.Second,
		Architecture: "arm64", EphemeralMB: 1024, TracingMode: "Active", DeadLetterARN: "arn:aws:sqs:us-east-1:123456789012:q", Layers: []string{"arn:l:1", "arn:m:2"},
		Environment: map[string]deployer.Secret{"AA": "yes", "BB": "${X} $${Y}", "CC": "two\nlines: #x", "DD": "", "EE": "007", "FF": "'\"\\"},
	}
	i := config.Initial{
		Project: "bonus", Key: "calculator", Name: "BonusCalculator", Alias: "PROD", Code: "src", Settings: settings,
		Tags: map[string]string{"team": "a: b"}, Versions: "4 (PROD), 3",
	}
	names := map[string]string{"sbx": "bonus-sbx-calculator", "tst": "bonus-tst-calculator", "stg": "bonus-stg-calculator", "prd": "BonusCalculator"}
	for _, name := range []string{"sbx", "tst", "stg", "prd"} {
		env := environment(t, string(i.Text()), name)
		want := deployer.Function{Key: "calculator", Name: names[name], Alias: "PROD", Settings: settings, Tags: i.Tags, Code: deployer.Code{Source: "src"}}
		if !reflect.DeepEqual(env.Functions, []deployer.Function{want}) {
			t.Errorf("%s: %#v\nwant %#v", name, env.Functions[0], want)
		}
		if production := name == "stg" || name == "prd"; env.Publish != production {
			t.Errorf("%s publishes: %v", name, env.Publish)
		}
	}
	if prd := environment(t, string(i.Text()), "prd"); prd.Strategy.Kind != deployer.Increments {
		t.Errorf("prd moves by %+v", prd.Strategy)
	}
}

// Golden: what a newcomer sees.
func TestInitialOfAFolder(t *testing.T) {
	i := config.Initial{Project: "hello", Key: "hello", Code: "src", Settings: deployer.Settings{Runtime: "nodejs22.x", Handler: "index.handler"}}
	golden(t, "testdata/initial.yaml", i.Text())
}

func TestSchema(t *testing.T) { golden(t, "testdata/schema.json", config.Schema()) }

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s has changed: see the difference after -update\n%s", file, got)
	}
}
