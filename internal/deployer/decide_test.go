package deployer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// settings, and those of the file when its configuration changed.
var (
	settings = deployer.Settings{Runtime: "nodejs22.x", Handler: "index.handler", MemoryMB: 128, Timeout: 3 * time.Second}
	larger   = deployer.Settings{Runtime: "nodejs22.x", Handler: "index.handler", MemoryMB: 256, Timeout: 3 * time.Second}
)

// increments are seed 000's.
var increments = deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25, 50, 75}, Interval: time.Minute}

func version(number, digest string) deployer.Version {
	return deployer.Version{Number: number, Digest: digest, Settings: settings}
}

// found is a function with the versions 3 and 4, whose code is C and D, and D in $LATEST.
func found(alias *deployer.Alias) *deployer.Found {
	return &deployer.Found{
		Name: "f", Latest: version(deployer.Latest, "D"), Versions: []deployer.Version{version("3", "C"), version("4", "D")}, Alias: alias,
		Tags: map[string]string{deployer.ProjectTag: "p", deployer.EnvironmentTag: "prd"},
	}
}

func production(s deployer.Strategy) *deployer.Environment {
	return &deployer.Environment{Project: "p", Name: "prd", Publish: true, Strategy: s}
}

func asked(digest string, s deployer.Settings) deployer.Function {
	return deployer.Function{Key: "f", Name: "f", Alias: "LIVE", Settings: s, Code: deployer.Code{Digest: digest}}
}

func percents(steps []deployer.Step) []float64 {
	var p []float64
	for _, s := range steps {
		p = append(p, s.Percent)
	}
	return p
}

// move is a Move in a word: kind from>to and what is left to do.
func move(m deployer.Move) string {
	name := [...]string{"stay", "make", "start", "next", "point"}[m.Kind]
	if m.Kind == deployer.Stay {
		return name
	}
	return fmt.Sprintf("%s %s>%s %v", name, m.From, m.To, percents(m.Steps))
}

// Seed 000's rules: each state of the alias, by what changed, by strategy.
func TestSeed000(t *testing.T) {
	strategies := map[string]deployer.Strategy{
		"all-at-once": {Kind: deployer.AllAtOnce},
		"canary":      {Kind: deployer.Canary, Percent: 10, Interval: time.Minute},
		"linear":      {Kind: deployer.Linear, Percent: 40, Interval: time.Minute},
		"increments":  increments,
	}
	first := map[string]string{"all-at-once": "[100]", "canary": "[10 100]", "linear": "[40 80 100]", "increments": "[25 50 75 100]"}
	changes := map[string]deployer.Function{
		"nothing": asked("D", settings), "code": asked("E", settings), "configuration": asked("D", larger), "both": asked("E", larger),
	}
	stable := func(v string) *deployer.Alias { return &deployer.Alias{Name: "LIVE", Version: v} }
	between := func(weight float64) *deployer.Alias {
		return &deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: weight}
	}
	type row struct {
		state     string
		alias     *deployer.Alias
		unchanged string // the move when nothing changed
		changed   string // the move when something did; empty: refused
	}
	for strategy, s := range strategies {
		for change, f := range changes {
			rows := []row{
				{"absent", nil, "make >4 []", "make > []"},
				{"stable on the last version", stable("4"), "stay", "start 4> " + first[strategy]},
				{"stable on an older version", stable("3"), "stay", "start 3> " + first[strategy]},
				{"stable on $LATEST", stable("$LATEST"), "stay", "point $LATEST> []"},
			}
			for _, weight := range []float64{0.05, 0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9} {
				rows = append(rows, row{fmt.Sprintf("in transition at %v", weight), between(weight), "next 3>4 " + left(first[strategy], weight*100), ""})
			}
			for _, row := range rows {
				t.Run(strategy+"/"+change+" changed/"+row.state, func(t *testing.T) {
					d, err := deployer.Decide(production(s), f, found(row.alias), deployer.Options{Now: now})
					if change == "nothing" {
						if err != nil || move(d.Move) != row.unchanged || d.Publish || d.Code || len(d.Changes) > 0 {
							t.Errorf("%s, publish %v, changes %v, %v; want %s and nothing else", move(d.Move), d.Publish, d.Changes, err, row.unchanged)
						}
						return
					}
					if row.changed == "" {
						if !fault.Is(err, fault.Conflict, "alias") || !strings.Contains(err.Error(), "from version 3 to 4") {
							t.Errorf("error %v, want a conflict that names the transition", err)
						}
						return
					}
					if err != nil || move(d.Move) != row.changed || !d.Publish || d.Code != slices.Contains([]string{"code", "both"}, change) {
						t.Errorf("%s, publish %v, code %v, %v; want %s", move(d.Move), d.Publish, d.Code, err, row.changed)
					}
				})
			}
		}
	}
}

// left is the rule written down once more: the steps above the weight, and at least the last.
func left(steps string, percent float64) string {
	all := strings.Fields(strings.Trim(steps, "[]"))
	above := slices.DeleteFunc(slices.Clone(all), func(s string) bool {
		var p float64
		fmt.Sscan(s, &p)
		return p < percent+1e-9 && p < 100
	})
	return "[" + strings.Join(above, " ") + "]"
}

func TestWhatIsInLatestAlreadyIsPublishedWithoutAnUpload(t *testing.T) {
	there := found(&deployer.Alias{Name: "LIVE", Version: "4"})
	there.Latest.Digest = "E"
	d, err := deployer.Decide(production(increments), asked("E", settings), there, deployer.Options{Now: now})
	if err != nil || d.Code || len(d.Changes) > 0 || !d.Publish || move(d.Move) != "start 4> [25 50 75 100]" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestSandboxFollowsLatest(t *testing.T) {
	sandbox := &deployer.Environment{Project: "p", Name: "sbx"}
	for _, row := range []struct {
		name  string
		alias *deployer.Alias
		move  string
	}{
		{"absent", nil, "make >$LATEST []"},
		{"there", &deployer.Alias{Name: "LIVE", Version: "$LATEST"}, "stay"},
		{"on a version", &deployer.Alias{Name: "LIVE", Version: "3"}, "point 3>$LATEST []"},
		{"in transition", &deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: 0.5}, "point 3>$LATEST []"},
	} {
		for _, digest := range []string{"D", "E"} {
			t.Run(row.name+"/"+digest, func(t *testing.T) {
				d, err := deployer.Decide(sandbox, asked(digest, settings), found(row.alias), deployer.Options{Now: now})
				if err != nil || move(d.Move) != row.move || d.Publish || d.Code != (digest == "E") {
					t.Errorf("%s, publish %v, code %v, %v; want %s", move(d.Move), d.Publish, d.Code, err, row.move)
				}
			})
		}
	}
}

func TestNewFunction(t *testing.T) {
	for publish, want := range map[bool]string{true: "make > []", false: "make >$LATEST []"} {
		env := production(increments)
		env.Publish = publish
		d, err := deployer.Decide(env, asked("E", settings), nil, deployer.Options{Now: now})
		if err != nil || !d.Create || d.Publish != publish || move(d.Move) != want || d.Tags.Set[deployer.ProjectTag] != "p" {
			t.Errorf("publish %v: %+v, %v", publish, d, err)
		}
	}
}

// A run that was cut off between publishing and moving is gone on with; what somebody decided about is not.
func TestVersionThatWasLeft(t *testing.T) {
	stamp := deployer.Stamp{Release: "r1", By: "ann"}
	record := func(newest string) string {
		r := deployer.Record{Release: "r0", Phase: deployer.Done, From: "2", To: "3", Newest: newest}
		return r.Description("")
	}
	for _, row := range []struct {
		name, version, alias string
		want                 string
	}{
		{"published by a run, never decided about", stamp.Description(), record("3"), "start 3>4 [25 50 75 100]"},
		{"published by a run, on an alias without a record", stamp.Description(), "", "start 3>4 [25 50 75 100]"},
		{"rejected", stamp.Description(), record("4"), "stay"},
		{"published by somebody else", "by hand", record("3"), "stay"},
	} {
		t.Run(row.name, func(t *testing.T) {
			there := found(&deployer.Alias{Name: "LIVE", Version: "3", Description: row.alias})
			there.Versions[1].Description = row.version
			d, err := deployer.Decide(production(increments), asked("D", settings), there, deployer.Options{Now: now})
			if err != nil || move(d.Move) != row.want || d.Publish {
				t.Errorf("%s, publish %v, %v; want %s", move(d.Move), d.Publish, err, row.want)
			}
			if (d.Note != "") != (row.want == "stay") {
				t.Errorf("note %q", d.Note)
			}
		})
	}
}

func TestExistingVersion(t *testing.T) {
	stable := &deployer.Alias{Name: "LIVE", Version: "4"}
	between := &deployer.Alias{Name: "LIVE", Version: "4", Additional: "3", Weight: 0.25}
	for _, row := range []struct {
		name, version string
		alias         *deployer.Alias
		want          string
		kind          fault.Kind
	}{
		{"another", "3", stable, "start 4>3 [25 50 75 100]", 0},
		{"where the alias is", "4", stable, "stay", 0},
		{"on its way", "3", between, "next 4>3 [50 75 100]", 0},
		{"while another is on its way", "4", between, "", fault.Conflict},
		{"unknown", "9", stable, "", fault.NotFound},
		{"no alias", "3", nil, "make >3 []", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			d, err := deployer.Decide(production(increments), asked("E", larger), found(row.alias), deployer.Options{Now: now, Version: row.version})
			if row.kind != 0 {
				if !fault.Is(err, row.kind, "") {
					t.Errorf("error %v, want %v", err, row.kind)
				}
				return
			}
			if err != nil || move(d.Move) != row.want || d.Publish || d.Code || len(d.Changes) > 0 {
				t.Errorf("%s, %+v, %v; want %s", move(d.Move), d, err, row.want)
			}
		})
	}
}

func TestLiveWins(t *testing.T) {
	stable := &deployer.Alias{Name: "LIVE", Version: "4"}
	live := &deployer.Live{Version1: "3", Version2: "4", Percentage: 10}
	decide := func(alias *deployer.Alias, live *deployer.Live, digest string) (deployer.Decision, error) {
		f := asked(digest, settings)
		f.Live = live
		return deployer.Decide(production(increments), f, found(alias), deployer.Options{Now: now})
	}
	t.Run("points at once", func(t *testing.T) {
		d, err := decide(stable, live, "D")
		if err != nil || move(d.Move) != "point 4>3 []" || d.Move.Live != live || d.Publish {
			t.Errorf("%+v, %v", d, err)
		}
	})
	t.Run("and what changed is published still", func(t *testing.T) {
		d, err := decide(stable, live, "E")
		if err != nil || move(d.Move) != "point 4>3 []" || !d.Publish || !d.Code {
			t.Errorf("%+v, %v", d, err)
		}
	})
	t.Run("stays when it is there", func(t *testing.T) {
		d, err := decide(&deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: 0.1}, live, "D")
		if err != nil || !d.Nothing() {
			t.Errorf("%+v, %v", d, err)
		}
	})
	t.Run("over a transition", func(t *testing.T) {
		d, err := decide(&deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: 0.5}, &deployer.Live{Version1: "3"}, "D")
		if err != nil || move(d.Move) != "point 3>3 []" {
			t.Errorf("%+v, %v", d, err)
		}
	})
	t.Run("makes the alias", func(t *testing.T) {
		d, err := decide(nil, live, "D")
		if err != nil || move(d.Move) != "make >3 []" || d.Move.Live != live {
			t.Errorf("%+v, %v", d, err)
		}
	})
	for name, bad := range map[string]*deployer.Live{
		"unknown version": {Version1: "9"}, "unknown second": {Version1: "3", Version2: "9", Percentage: 5}, "no share": {Version1: "3", Version2: "4"},
		"all": {Version1: "3", Version2: "4", Percentage: 100}, "the same twice": {Version1: "3", Version2: "3", Percentage: 5},
		"$LATEST and a version": {Version1: "$LATEST", Version2: "4", Percentage: 5},
	} {
		t.Run(name, func(t *testing.T) {
			if d, err := decide(stable, bad, "D"); err == nil {
				t.Errorf("%+v is allowed", d.Move)
			}
		})
	}
	t.Run("of a function that is not there", func(t *testing.T) {
		f := asked("E", settings)
		f.Live = live
		if _, err := deployer.Decide(production(increments), f, nil, deployer.Options{Now: now}); !fault.Is(err, fault.NotFound, "") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("over a version that is asked for", func(t *testing.T) {
		f := asked("E", settings)
		f.Live = live
		if _, err := deployer.Decide(production(increments), f, found(stable), deployer.Options{Now: now, Version: "3"}); !fault.Is(err, fault.Conflict, "") {
			t.Errorf("error %v", err)
		}
	})
}

func TestAliasThatIsHeld(t *testing.T) {
	held := deployer.Record{Release: "r1", Phase: deployer.Shifting, From: "3", To: "4", By: "ann", Lease: now.Add(time.Minute)}
	paused := deployer.Record{Release: "r1", Phase: deployer.Paused, From: "3", To: "4", By: "ann"}
	for _, row := range []struct {
		name    string
		record  deployer.Record
		digest  string
		options deployer.Options
		says    string // of the conflict; empty: allowed
	}{
		{"by another run", held, "D", deployer.Options{Now: now}, "release r1 of ann holds LIVE until 12:01:00 UTC"},
		{"by this one", held, "D", deployer.Options{Now: now, Release: "r1"}, ""},
		{"by a run that is gone", held, "D", deployer.Options{Now: now, TakeOver: true}, ""},
		{"until before now", held, "D", deployer.Options{Now: now.Add(time.Minute)}, ""},
		{"paused", paused, "D", deployer.Options{Now: now}, "paused by ann"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := &deployer.Alias{Name: "LIVE", Version: "3", Additional: "4", Weight: 0.25, Description: row.record.Description("")}
			_, err := deployer.Decide(production(increments), asked(row.digest, settings), found(a), row.options)
			if row.says == "" && err != nil || row.says != "" && (!fault.Is(err, fault.Conflict, "alias") || !strings.Contains(err.Error(), row.says)) {
				t.Errorf("error %v, want %q", err, row.says)
			}
		})
	}
	t.Run("with nothing to do", func(t *testing.T) {
		a := &deployer.Alias{Name: "LIVE", Version: "4", Description: held.Description("")}
		if d, err := deployer.Decide(production(increments), asked("D", settings), found(a), deployer.Options{Now: now}); err != nil || !d.Nothing() {
			t.Errorf("%+v, %v", d, err)
		}
	})
}

func TestAliasThatStrayedFromItsRelease(t *testing.T) {
	for _, row := range []struct {
		phase   deployer.Phase
		version string
		refused bool
	}{
		{deployer.Shifting, "2", true}, {deployer.Paused, "2", true}, {deployer.Shifting, "3", false}, {deployer.Shifting, "4", false},
		{deployer.Done, "2", false}, {deployer.Pinned, "2", false},
	} {
		t.Run(string(row.phase)+" "+row.version, func(t *testing.T) {
			r := deployer.Record{Release: "r1", Phase: row.phase, From: "3", To: "4", Newest: "4", By: "ann"}
			a := &deployer.Alias{Name: "LIVE", Version: row.version, Description: r.Description("")}
			_, err := deployer.Decide(production(increments), asked("D", settings), found(a), deployer.Options{Now: now})
			if row.refused != (fault.Is(err, fault.Conflict, "alias") && strings.Contains(err.Error(), "`sluice abort prd`")) || !row.refused && err != nil {
				t.Errorf("error %v", err)
			}
		})
	}
}
