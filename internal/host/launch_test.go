package host

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestLaunch(t *testing.T) {
	pathWith(t, map[string]string{"python3.12": says("/py", "3.12.1"), "node": says("/js", "22.2.0")})
	r := newRig(t, nil)
	for _, tt := range []struct {
		runtime, handler string
		want             []string // arguments, with RUNTIME for the bootstraps' folder
	}{
		{"provided.al2023", "any.thing", []string{"/root/bootstrap"}},
		{"provided.al2", "any.thing", []string{"/root/bootstrap"}},
		{"provided", "any.thing", []string{"/root/bootstrap"}},
		{"go1.x", "main", []string{"/root/main"}},
		{"go1.x", "bin/main", []string{"/root/bin/main"}},
		{"go1.x", "../../bin/sh", []string{"/root/bin/sh"}},
		{"python3.12", "index.handler", []string{"/py", "-X", "bytecode=PYCACHE", "RUNTIME/bootstrap.py"}},
		{"nodejs22.x", "index.handler", []string{"/js", "RUNTIME/bootstrap.mjs"}},
	} {
		l, err := r.launch(t.Context(), &function.Version{Config: function.Config{Runtime: tt.runtime, Handler: tt.handler}}, "/root", "")
		if err != nil {
			t.Errorf("%s: %v", tt.runtime, err)
			continue
		}
		folders := strings.NewReplacer("RUNTIME", r.runtimeDir, "PYCACHE", l.bytecode)
		for i := range tt.want {
			tt.want[i] = folders.Replace(tt.want[i])
		}
		if !slices.Equal(l.args, tt.want) || l.path != tt.want[0] {
			t.Errorf("%s: %s %q, want %q", tt.runtime, l.path, l.args, tt.want)
		}
	}
	for _, other := range []string{"", "java21", "ruby3.4", "dotnet8", "python2.7", "python", "providedx"} {
		_, err := r.launch(t.Context(), &function.Version{Config: function.Config{Runtime: other}}, "/root", "")
		if !fault.Is(err, fault.Unavailable, "runtime") {
			t.Errorf("%s: %v", other, err)
		}
	}
}

// TestEnviron compares the names with those that were recorded on AWS (test_introspection_invoke).
func TestEnviron(t *testing.T) {
	r := newRig(t, nil)
	names := func(l *launch, v *function.Version) (found []string) {
		p := &pool{host: r.Host, version: v}
		for _, variable := range p.environ(l, "/root", newEnvironment(p)) {
			name, _, _ := strings.Cut(variable, "=")
			found = append(found, name)
		}
		slices.Sort(found)
		return found
	}
	started := func(v *function.Version) *launch {
		l, err := r.launch(t.Context(), v, "/root", "")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	text := &function.Version{Config: function.Config{Runtime: "provided.al2023", Handler: "h"}}
	want := []string{
		"AWS_DEFAULT_REGION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_REGION",
		"AWS_XRAY_CONTEXT_MISSING", "AWS_XRAY_DAEMON_ADDRESS", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT", "LANG", "LD_LIBRARY_PATH",
		"PATH", "TMPDIR", "TZ", "_AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_PORT", "_HANDLER",
	}
	if got := names(started(text), text); !slices.Equal(got, want) {
		t.Errorf("variables %q\nwant      %q", got, want)
	}
	asJSON := &function.Version{Config: function.Config{Runtime: "provided.al2023", LogFormat: "JSON", LogLevel: "WARN"}}
	if got := names(started(asJSON), asJSON); !slices.Contains(got, "AWS_LAMBDA_LOG_LEVEL") || !slices.Contains(got, "AWS_LAMBDA_LOG_FORMAT") {
		t.Errorf("variables %q lack the log's format", got)
	}
}

func TestLastOfEach(t *testing.T) {
	got := lastOfEach([]string{"A=1", "B=2", "A=3", "C=", "B=4", "D"})
	if want := []string{"A=3", "C=", "B=4", "D"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSearchPath(t *testing.T) {
	const aws = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin"
	for executable, want := range map[string]string{
		"": aws, "/usr/bin/node": aws, "/bin/sh": aws, "/usr/local/bin/python3": aws, "/home/x/.nvm/bin/node": "/home/x/.nvm/bin:" + aws,
	} {
		if got := searchPath(executable, "/opt/bin"); got != want {
			t.Errorf("%s: %s, want %s", executable, got, want)
		}
	}
}

func TestEnvironmentsNameTheirStreamsAsAWSDoes(t *testing.T) {
	for number, part := range map[function.Number]string{0: "/[$LATEST]", 7: "/[7]"} {
		e := newEnvironment(&pool{host: &Host{}, version: &function.Version{Number: number}})
		if len(e.id) != 32 || !strings.HasSuffix(e.stream, part+e.id) || strings.Count(e.stream, "/") != 3 {
			t.Errorf("stream %s of environment %s", e.stream, e.id)
		}
	}
	a, b := newEnvironment(&pool{version: &function.Version{}}), newEnvironment(&pool{version: &function.Version{}})
	if a.id == b.id {
		t.Error("two environments have one id")
	}
}

func TestLogGroup(t *testing.T) {
	v := &function.Version{Function: function.ID{Name: "fn"}}
	if got := logGroup(v); got != "/aws/lambda/fn" {
		t.Errorf("group %s", got)
	}
	v.Config.LogGroup = "/mine"
	if got := logGroup(v); got != "/mine" {
		t.Errorf("group %s", got)
	}
}
