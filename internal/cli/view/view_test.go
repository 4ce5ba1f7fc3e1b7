package view_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/internal/cli/view"
	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var now = time.Date(2026, 11, 21, 12, 30, 0, 0, time.UTC)

// golden compares a text with testdata/NAME.golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%swant:\n%s", name, got, want)
	}
}

func document(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

var environment = &deployer.Environment{
	Project: "bonus", Name: "prd",
	Functions: []deployer.Function{{Key: "calculator"}, {Key: "report"}},
}

var increments = []deployer.Step{
	{Percent: 25, Wait: 5 * time.Minute}, {Percent: 50, Wait: 90 * time.Second}, {Percent: 62.5, Wait: 2 * time.Hour}, {Percent: 100},
}

func function(key string) deployer.Function {
	return deployer.Function{Key: key, Name: "bonus-prd-" + key, Alias: "LIVE"}
}

func on(version, additional string, weight float64) *deployer.Found {
	return &deployer.Found{Alias: &deployer.Alias{Name: "LIVE", Version: version, Additional: additional, Weight: weight}, Tags: map[string]string{"team": "red", "old": "x"}}
}

func change(field, from, to string) deployer.Change {
	return deployer.Change{Field: field, From: from, To: to}
}

// decisions are one of each kind.
func decisions() []deployer.Decision {
	return []deployer.Decision{
		{
			Function: function("new"), Create: true, Publish: true, Move: deployer.Move{Kind: deployer.Make},
			Changes: []deployer.Change{change("code", "", "5G3Dp25QuhE="), change("memory", "", "256"), change("environment.SECRET", "", "***")},
			Tags:    deployer.TagChange{Set: map[string]string{"team": "blue", deployer.ProjectTag: "bonus", deployer.ReleaseTag: "r-1"}},
		},
		{
			Function: function("changed"), Found: on("3", "", 0), Code: true, Publish: true,
			Changes: []deployer.Change{change("code", "5G3Dp25QuhE=", "baqIWAy0uhE="), change("memory", "128", "256"), change("environment.OLD", "***", "")},
			Tags:    deployer.TagChange{Set: map[string]string{"team": "blue"}, Remove: []string{"old"}},
			Move:    deployer.Move{Kind: deployer.Start, From: "3", Steps: increments},
		},
		{Function: function("next"), Found: on("3", "4", 0.25), Move: deployer.Move{Kind: deployer.Next, From: "3", To: "4", Now: 25, Steps: increments[1:]}},
		{Function: function("latest"), Found: on("3", "", 0), Move: deployer.Move{Kind: deployer.Point, From: "3", To: deployer.Latest}},
		{
			Function: function("pinned"), Found: on("3", "", 0),
			Move: deployer.Move{Kind: deployer.Point, From: "3", To: "3", Live: &deployer.Live{Version1: "3", Version2: "4", Percentage: 10}},
		},
		{Function: function("same"), Found: on("3", "", 0), Note: "nothing differs from version 4"},
		{Function: function("half"), Found: on("3", "4", 0.125)},
		{Function: function("arrived"), Found: on("4", "", 0)},
		{Function: function("atonce"), Found: on("3", "", 0), Move: deployer.Move{Kind: deployer.Start, From: "3", To: "4", Steps: increments[3:]}},
	}
}

func TestPlan(t *testing.T) {
	plan := &release.Plan{Environment: environment, Release: "r-1", Decisions: decisions(), Unfinished: []string{"arrived"}}
	golden(t, "plan", view.Plan(plan))
	golden(t, "plan.json", document(t, view.DocumentOf(plan)))
}

func TestPlanOfNothing(t *testing.T) {
	golden(t, "nothing", view.Plan(&release.Plan{Environment: environment, Decisions: decisions()[5:7]}))
}

func TestPlanOfAReturn(t *testing.T) {
	golden(t, "returning", view.Plan(&release.Plan{Environment: environment, Release: "r-1", Returning: true, Decisions: decisions()[5:6]}))
}

func TestEvents(t *testing.T) {
	lines := ""
	for _, e := range []release.Event{
		{Kind: release.Packaged, Function: "calculator"},
		{Kind: release.Claim, Function: "calculator"},
		{Kind: release.Created, Function: "calculator"},
		{Kind: release.CodeSent, Function: "calculator"},
		{Kind: release.SettingsSent, Function: "report"},
		{Kind: release.Published, Function: "report", Version: "4"},
		{Kind: release.AlarmIgnored, Detail: "errors-high"},
		{Kind: release.HookBegins, Function: "report", Version: "4", Detail: "preflight"},
		{Kind: release.HookEnds, Function: "report", Version: "4", Detail: "preflight"},
		{Kind: release.Moved, Function: "report", Alias: "LIVE", Version: "4", Percent: 12.5},
		{Kind: release.Waits, Percent: 12.5, Until: now.Add(time.Minute)},
		{Kind: release.CheckBegins},
		{Kind: release.Moved, Function: "report", Alias: "LIVE", Version: deployer.Latest, Percent: 100},
		{Kind: release.DeploymentRun, Function: "report", Detail: "d-1"},
		{Kind: release.DeploymentEnd, Function: "report", Detail: "Succeeded"},
		{Kind: release.GoesBack, Detail: "alarm errors-high rings\nand more"},
		{Kind: release.WentBack, Function: "report", Alias: "LIVE", Version: "3"},
		{Kind: release.Finished, Function: "report", Version: "4"},
		{Kind: release.GivenBack, Function: "report"},
		{Kind: release.Deleted, Function: "report", Version: "1"},
	} {
		e.At = now
		if line := view.EventsOf(environment).Line(e); line != "" {
			lines += line + "\n"
		}
	}
	golden(t, "events", lines)
}

func record(phase deployer.Phase, lease time.Duration) *deployer.Record {
	r := &deployer.Record{Release: "r-1", Phase: phase, From: "3", To: "4", By: "ann", At: now.Add(-3 * time.Minute)}
	if lease != 0 {
		r.Lease = now.Add(lease)
	}
	return r
}

// standings are one of each kind.
func standings() []release.Standing {
	return []release.Standing{
		{Function: "new", Alias: "LIVE", Known: true},
		{Function: "foreign", Alias: "LIVE", Known: true, Version: "3"},
		{Function: "between", Alias: "LIVE", Known: true, Version: "3", Additional: "4", Percent: 10},
		{Function: "held", Alias: "LIVE", Known: true, Version: "3", Additional: "4", Percent: 12.5, Record: record(deployer.Shifting, time.Minute)},
		{Function: "tomorrow", Alias: "LIVE", Known: true, Version: "3", Additional: "4", Percent: 12.5, Record: record(deployer.Paused, 24*time.Hour)},
		{Function: "arrived", Alias: "LIVE", Known: true, Version: "4", Record: record(deployer.Shifting, -time.Minute)},
		{Function: "by hand", Alias: "LIVE", Known: true, Version: "2", Record: record(deployer.Shifting, -time.Minute)},
		{Function: "claimed", Alias: "LIVE", Known: true, Version: "3", Record: record(deployer.Claimed, 0)},
		{Function: "done", Alias: "LIVE", Known: true, Version: "4", Record: record(deployer.Done, 0)},
		{Function: "returned", Alias: "LIVE", Known: true, Version: "3", Record: record(deployer.Returned, 0)},
		{Function: "unknown", Alias: "LIVE", Version: "3"},
		{Function: "deployed", Alias: "LIVE", Known: true, Version: "3", Additional: "4", Percent: 50, Deployment: "d-1"},
	}
}

func TestStandings(t *testing.T) { golden(t, "standings", view.Standings(standings(), now)) }

func TestOutcome(t *testing.T) {
	outcome := release.Outcome{Release: "r-1", Standings: standings()[:4], Versions: map[string]string{"held": "4"}, Left: increments[1:]}
	golden(t, "outcome", view.Outcome(outcome, environment))
	golden(t, "outcome.json", document(t, view.OutcomeOf(outcome)))
}

func histories() []release.History {
	entry := func(number string, stamp deployer.Stamp, aliases []string, changes []deployer.Change) release.Entry {
		return release.Entry{Version: deployer.Version{Number: number, Digest: "d" + number, Modified: now}, Stamp: stamp, Aliases: aliases, Changes: changes}
	}
	return []release.History{
		{Function: "new", Name: "bonus-prd-new"},
		{Function: "empty", Name: "bonus-prd-empty", Found: &deployer.Found{}},
		{Function: "calculator", Name: "bonus-prd-calculator", Found: &deployer.Found{}, Versions: []release.Entry{
			{Version: deployer.Version{Number: "1"}},
			entry("2", deployer.Stamp{Release: "r-1", By: "ann", Commit: "9fceb02d0ae598e9", Tag: "v1.0.0"}, []string{"LIVE", "OLD"}, []deployer.Change{change("code", "a", "b"), change("memory", "1", "2")}),
			entry("10", deployer.Stamp{By: "ben", Commit: "0ae598e95dc970b7+"}, nil, nil),
		}},
	}
}

func TestHistories(t *testing.T) {
	golden(t, "histories", view.Histories(histories(), time.FixedZone("", 3600)))
	golden(t, "histories.json", document(t, view.HistoriesOf(histories())))
}

func TestDifferences(t *testing.T) {
	golden(t, "differences", view.Differences([]view.Difference{
		{Function: "calculator", From: "3", To: deployer.Latest, Changes: decisions()[1].Changes},
		{Function: "report", From: "3", To: "4"},
	}))
}

func TestFrame(t *testing.T) {
	all := standings()[2:5]
	trails := make([]view.Trail, len(all))
	for range 40 {
		trails[0] = trails[0].Grown(0)
	}
	for _, share := range []float64{0, 25, 50, 75, 100} {
		trails[0], trails[1] = trails[0].Grown(share), trails[1].Grown(share)
	}
	frame := view.Frame{Heading: "bonus prd on AWS eu-central-1", Standings: all, Trails: trails, Now: now, Trouble: "no answer: the network is gone"}
	golden(t, "frame", frame.Draw(0))
	golden(t, "frame_narrow", frame.Draw(40))
}

func TestLine(t *testing.T) {
	lines := ""
	for _, s := range standings() {
		lines += view.Line(s, now) + "\n"
	}
	golden(t, "lines", lines)
}

func TestShareOfTheNewerVersion(t *testing.T) {
	want := map[string]float64{"between": 10, "held": 12.5, "tomorrow": 12.5, "arrived": 100, "done": 100, "deployed": 50}
	for _, s := range standings() {
		if got := view.Share(s); got != want[s.Function] {
			t.Errorf("%s: %v %%, want %v", s.Function, got, want[s.Function])
		}
	}
}
