package remote_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAFunctionThatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	e := open(t)
	if found, err := e.Find(t.Context(), "calculator", "LIVE"); found != nil || err != nil {
		t.Errorf("%+v, %v; want neither", found, err)
	}
}

func TestAFunctionIsFoundAsItWasMade(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	f.Tags = map[string]string{"project": "bonus"}
	f.Settings = deployer.Settings{
		Runtime: "provided.al2023", Handler: "h", Role: role, MemoryMB: 256, Timeout: 7 * time.Second, Architecture: "x86_64",
		Environment: map[string]deployer.Secret{"RATE": "7"}, EphemeralMB: 1024, TracingMode: "Active",
	}
	made := need(e.Create(t.Context(), f))(t)
	found := e.find("calculator")
	if !reflect.DeepEqual(found.Latest, made) || !reflect.DeepEqual(made.Settings, f.Settings) {
		t.Errorf("found %+v, made %+v, asked for %+v", found.Latest, made, f.Settings)
	}
	if found.Name != "calculator" || !strings.HasSuffix(found.ARN, ":function:calculator") || !maps.Equal(found.Tags, f.Tags) {
		t.Errorf("%+v", found)
	}
	if found.Alias != nil || len(found.Versions) != 0 || made.Number != deployer.Latest || time.Since(made.Modified) > time.Minute {
		t.Errorf("%+v, %+v: want no alias, no version, and that it was made now", found, made)
	}
}

func TestWhatAliasesNameIsFound(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	one, two := e.release("calculator", "1"), e.release("calculator", "2")
	live := need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1", Additional: "2", Weight: 0.25}))(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "OLD", Version: "1"}))(t)
	found := e.find("calculator")
	if found.Alias == nil || *found.Alias != live {
		t.Errorf("alias %+v, want %+v", found.Alias, live)
	}
	if want := map[string][]string{"1": {"LIVE", "OLD"}, "2": {"LIVE"}}; !reflect.DeepEqual(found.Named, want) {
		t.Errorf("named %v, want %v", found.Named, want)
	}
	if !reflect.DeepEqual(found.Versions, []deployer.Version{one, two}) {
		t.Errorf("versions %+v, want %+v", found.Versions, []deployer.Version{one, two})
	}
}

func TestAFunctionIsFoundWithThreeCallsAtOnce(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	if calls := e.meddler.since(func() { e.find("calculator") }); len(calls) != 3 {
		t.Errorf("%q, want three calls", calls)
	}
}

func TestTwentyFunctionsAreFoundInWellUnderASecond(t *testing.T) { // by itself: it measures
	e := open(t)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() { e.create(fmt.Sprintf("f%d", i)) })
	}
	group.Wait()
	begin := time.Now()
	for i := range 20 {
		group.Go(func() {
			if _, err := e.Find(t.Context(), fmt.Sprintf("f%d", i), "LIVE"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if took := time.Since(begin); took > time.Second {
		t.Errorf("took %v", took)
	}
}

func TestCodeIsSentToTheRevisionThatWasSeen(t *testing.T) {
	t.Parallel()
	e := open(t)
	made := e.create("calculator")
	updated := need(e.UpdateCode(t.Context(), "calculator", program(t, "other"), "x86_64", made.Revision))(t)
	if updated.Digest == made.Digest || updated.Revision == made.Revision {
		t.Errorf("%+v, want other code than %+v", updated, made)
	}
	_, err := e.UpdateCode(t.Context(), "calculator", program(t, "third"), "", made.Revision)
	refused(t, err, fault.Precondition, "function", "send code to calculator: ")
}

func TestSettingsThatWereNotSaidStay(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	f.Settings.Environment = map[string]deployer.Secret{"RATE": "7"}
	f.Settings.MemoryMB = 512
	made := need(e.Create(t.Context(), f))(t)
	changed := need(e.UpdateSettings(t.Context(), "calculator", deployer.Settings{Timeout: 9 * time.Second}, made.Revision))(t)
	want := made.Settings
	want.Timeout = 9 * time.Second
	if !reflect.DeepEqual(changed.Settings, want) {
		t.Errorf("%+v, want %+v", changed.Settings, want)
	}
	none := deployer.Settings{Environment: map[string]deployer.Secret{}}
	changed = need(e.UpdateSettings(t.Context(), "calculator", none, ""))(t)
	if len(changed.Settings.Environment) != 0 || changed.Settings.MemoryMB != 512 {
		t.Errorf("%+v, want no variables and the memory as it was", changed.Settings)
	}
	_, err := e.UpdateSettings(t.Context(), "calculator", none, made.Revision)
	refused(t, err, fault.Precondition, "function", "change settings of calculator: ")
}

func TestTagsAreSetAndRemoved(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	f.Tags = map[string]string{"old": "1", "stays": "2"}
	need(e.Create(t.Context(), f))(t)
	change := deployer.TagChange{Set: map[string]string{"new": "3"}, Remove: []string{"old"}}
	if err := e.Tag(t.Context(), e.find("calculator").ARN, change); err != nil {
		t.Fatal(err)
	}
	if got, want := e.find("calculator").Tags, map[string]string{"new": "3", "stays": "2"}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAFunctionThatIsThereIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	_, err := e.Create(t.Context(), wanted(t, "calculator"))
	refused(t, err, fault.Conflict, "function", "create calculator: Function already exist")
}

func TestAPackageThatIsGoneIsNotSent(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	f.Code.File += ".gone"
	_, err := e.Create(t.Context(), f)
	refused(t, err, fault.Invalid, "package", "read the package of code.zip: ")
	_, err = e.UpdateCode(t.Context(), "calculator", f.Code, "", "")
	refused(t, err, fault.Invalid, "package", "read the package of code.zip: ")
}

// configured answers each question about a function with the next of these configurations, and the last from then on.
func configured(t *testing.T, configurations ...string) endpoint {
	var mu sync.Mutex
	return answering(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Method == http.MethodGet {
			fmt.Fprintf(w, `{"Configuration":%s}`, configurations[0])
			configurations = configurations[min(1, len(configurations)-1):]
			return
		}
		fmt.Fprint(w, `{"Version":"1"}`)
	})
}

func TestAnUpdateIsWaitedFor(t *testing.T) {
	t.Parallel()
	e := configured(t, `{"State":"Pending","RevisionId":"1"}`, `{"State":"Active","LastUpdateStatus":"InProgress","RevisionId":"1"}`,
		`{"State":"Active","LastUpdateStatus":"Successful","RevisionId":"2"}`)
	var updated deployer.Version
	calls := e.meddler.since(func() {
		updated = need(e.UpdateSettings(t.Context(), "calculator", deployer.Settings{MemoryMB: 128}, ""))(t)
	})
	if updated.Revision != "2" || len(calls) != 4 {
		t.Errorf("revision %s after %q; want the one after the update", updated.Revision, calls)
	}
}

// A run that was interrupted leaves an update in progress: the next must not send its own before that has ended.
func TestAFunctionIsFoundWhenItsUpdateHasEnded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ state, ended string }{
		{"it worked", `{"Version":"$LATEST","LastUpdateStatus":"Successful","RevisionId":"2"}`},
		{"it failed", `{"Version":"$LATEST","LastUpdateStatus":"Failed","RevisionId":"2"}`},
	} {
		t.Run(tt.state, func(t *testing.T) {
			var asked atomic.Int32
			e := answering(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/versions"), strings.HasSuffix(r.URL.Path, "/aliases"):
					fmt.Fprint(w, `{}`)
				case asked.Add(1) < 3:
					fmt.Fprint(w, `{"Configuration":{"Version":"$LATEST","LastUpdateStatus":"InProgress","RevisionId":"1"}}`)
				default:
					fmt.Fprintf(w, `{"Configuration":%s}`, tt.ended)
				}
			})
			if found := e.find("calculator"); found.Latest.Revision != "2" {
				t.Errorf("revision %q, want the one after the update", found.Latest.Revision)
			}
		})
	}
}

func TestAnUpdateThatFailsIsTold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		configuration string
		kind          fault.Kind
		want          string
	}{
		{`{"FunctionArn":"arn:f","State":"Failed","StateReason":"no such role"}`, fault.Conflict, "arn:f can't run: no such role"},
		{`{"FunctionArn":"arn:f","LastUpdateStatus":"Failed","LastUpdateStatusReason":"bad layer"}`, fault.Invalid, "the update of arn:f failed: bad layer"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			e := configured(t, tt.configuration)
			_, err := e.UpdateSettings(t.Context(), "calculator", deployer.Settings{MemoryMB: 128}, "")
			refused(t, err, tt.kind, "function", tt.want)
		})
	}
}

func TestVariablesThatMayNotBeReadAreNotTakenForNone(t *testing.T) {
	t.Parallel()
	e := configured(t, `{"FunctionArn":"arn:f","Environment":{"Error":{"ErrorCode":"AccessDeniedException","Message":"kms:Decrypt is missing"}}}`)
	_, err := e.Find(t.Context(), "calculator", "LIVE")
	refused(t, err, fault.Denied, "environment", "kms:Decrypt is missing")
}

func TestTheTimeOfAChangeIsRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2026-01-02T03:04:05.678+0000", "2026-01-02T03:04:05.678Z", "2026-01-02T05:04:05.678+0200"} {
		e := configured(t, `{"LastModified":"`+text+`"}`)
		updated := need(e.UpdateSettings(t.Context(), "calculator", deployer.Settings{MemoryMB: 128}, ""))(t)
		if want := time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC); !updated.Modified.Equal(want) {
			t.Errorf("%s: %v", text, updated.Modified)
		}
	}
}

func TestLayersAreReadInOrder(t *testing.T) {
	t.Parallel()
	e := configured(t, `{"Layers":[{"Arn":"arn:b:1"},{"Arn":"arn:a:2"}]}`)
	updated := need(e.UpdateSettings(t.Context(), "calculator", deployer.Settings{Layers: []string{}}, ""))(t)
	if want := []string{"arn:b:1", "arn:a:2"}; !slices.Equal(updated.Settings.Layers, want) {
		t.Errorf("%q, want %q", updated.Settings.Layers, want)
	}
}
