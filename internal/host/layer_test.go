package host

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// withLayers gives a version layers with these files, each a map as for version.
func (r *rig) withLayers(t testing.TB, v *function.Version, layers ...map[string]string) *function.Version {
	t.Helper()
	for _, files := range layers {
		v.Config.Layers = append(v.Config.Layers, function.Layer{ARN: "l", Code: function.Code{SHA256: r.code.put(t, zipped(t, files))}})
	}
	return v
}

const shownPaths = `
import json, os, subprocess, sys
import deep, shallow, shared
def handler(event, context):
    root = os.environ["LAMBDA_LAYER_ROOT"]
    with open(root + "/data.txt") as f:
        data = f.read()
    tool = subprocess.run(["tool"], capture_output=True, text=True).stdout
    paths = [p.replace(root, "/opt").replace(os.environ["LAMBDA_TASK_ROOT"], "/var/task") for p in sys.path[:3]]
    return [deep.NAME, shallow.NAME, shared.NAME, data, tool, paths, os.environ["LD_LIBRARY_PATH"].endswith(":" + root + "/lib")]
`

func TestPythonFindsItsLayers(t *testing.T) {
	r := newRig(t, nil)
	below := map[string]string{
		"python/shared.py": `NAME = "below"`, "python/shallow.py": `NAME = "shallow"`, "data.txt": "below", "bin/tool*": "#!/bin/sh\nprintf below",
	}
	above := map[string]string{
		"python/shared.py": `NAME = "above"`, "python/lib/python3.12/site-packages/deep.py": `NAME = "deep"`,
		"python/lib/python3.12/site-packages/shallow.py": `NAME = "site-packages come first"`, "bin/tool*": "#!/bin/sh\nprintf above",
	}
	v := r.withLayers(t, r.version(t, "python3.12", "index.handler", map[string]string{"index.py": shownPaths}), below, above)
	wantOutcome(t, ask(t, r.Pool(v), "{}"), false, `["deep","site-packages come first","above","below","above",
		["/var/task","/opt/python/lib/python3.12/site-packages","/opt/python"],true]`)
}

func TestPythonTracesShowLayersAsOnAWS(t *testing.T) {
	r := newRig(t, nil)
	v := r.withLayers(t, r.version(t, "python3.12", "broken.handler", map[string]string{"x": ""}),
		map[string]string{"python/broken.py": "def handler(event, context):\n    raise ValueError('no')\n"})
	outcome := ask(t, r.Pool(v), "{}")
	if !strings.Contains(string(outcome.Payload), `File \"/opt/python/broken.py\", line 2, in handler`) {
		t.Errorf("payload %s", outcome.Payload)
	}
}

func TestNodeFindsItsLayers(t *testing.T) {
	layer := map[string]string{
		"nodejs/node_modules/shared/index.js":                  "module.exports = 'shared'",
		"nodejs/node_modules/newer/index.js":                   "module.exports = 'old'",
		"nodejs/node22/node_modules/newer/index.js":            "module.exports = 'new'",
		"nodejs/node_modules/esm/package.json":                 `{"type":"module","exports":"./main.js"}`,
		"nodejs/node_modules/esm/main.js":                      "import shared from 'shared'; export default 'esm and ' + shared",
		"nodejs/node_modules/fails/index.js":                   "module.exports = () => { throw new Error('no') }",
		"nodejs/node_modules/broken/node_modules/x/index.js":   "",
		"nodejs/node_modules/broken/package.json":              `{"type":"module","exports":"./main.js"}`,
		"nodejs/node_modules/broken/main.js":                   "import 'missing'",
		"nodejs/node_modules/with/deep/file.js":                "module.exports = 'deep'",
		"nodejs/node_modules/@scope/package/index.js":          "module.exports = 'scoped'",
		"nodejs/node_modules/@scope/package/more/package.json": "{}",
	}
	for name, tt := range map[string]struct {
		file, code string
		failed     bool
		want       string
	}{
		"CommonJS":                {"index.js", "exports.handler = async () => [require('shared'), require('newer'), require('@scope/package')]", false, `["shared","new","scoped"]`},
		"an ES module":            {"index.mjs", "import s from 'shared'; import n from 'newer'; import e from 'esm'; import d from 'with/deep/file.js'; import p from '@scope/package'; export const handler = async () => [s, n, e, d, p]", false, `["shared","new","esm and shared","deep","scoped"]`},
		"an import at work":       {"index.mjs", "export const handler = async () => (await import('esm')).default", false, `"esm and shared"`},
		"the trace of a package":  {"index.js", "exports.handler = async () => { try { require('fails')() } catch (e) { throw Object.assign(e, { stack: e.stack.split('\\n')[1].trim().replace(/.*\\((.*)\\)/, '$1') }) } }", true, `{"errorType":"Error","errorMessage":"no","trace":["/opt/nodejs/node_modules/fails/index.js:1:32"]}`},
		"a package that is not":   {"index.mjs", "export const handler = async () => { try { await import('nowhere') } catch (e) { return e.code } }", false, `"ERR_MODULE_NOT_FOUND"`},
		"a package without parts": {"index.mjs", "export const handler = async () => { try { await import('broken') } catch (e) { return e.message.includes(\"'missing'\") } }", false, `true`},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			v := r.withLayers(t, r.version(t, "nodejs22.x", "index.handler", map[string]string{tt.file: tt.code}), layer)
			wantOutcome(t, ask(t, r.Pool(v), "{}"), tt.failed, tt.want)
		})
	}
}

// A package without a bootstrap is started by the one in its layers; its own comes first.
func TestABootstrapInALayer(t *testing.T) {
	r := newRig(t, nil)
	own := r.custom(t, "h")
	layer := map[string]string{"bootstrap*": "#!/bin/sh\nexec \"$LAMBDA_TASK_ROOT/runtime\""}
	script := must(os.ReadFile(filepath.Join(r.unpackedAt(t, own.Code.SHA256), "bootstrap")))
	v := r.withLayers(t, r.version(t, "provided.al2023", "h", map[string]string{"runtime*": string(script)}), layer)
	wantOutcome(t, ask(t, r.Pool(v), `{"a":1}`), false, `{"a":1}`)

	t.Run("comes after the package's own", func(t *testing.T) {
		r.withLayers(t, own, map[string]string{"bootstrap*": "#!/bin/sh\nexit 3"})
		wantOutcome(t, ask(t, r.Pool(own), `{"a":1}`), false, `{"a":1}`)
	})
	t.Run("is missed where AWS misses it", func(t *testing.T) {
		v := r.withLayers(t, r.version(t, "provided.al2023", "h", map[string]string{"x": ""}), map[string]string{"y": ""})
		outcome := ask(t, r.Pool(v), `{}`)
		if !strings.Contains(string(outcome.Payload), "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]") {
			t.Errorf("payload %s", outcome.Payload)
		}
	})
	t.Run("can't be started", func(t *testing.T) {
		v := r.withLayers(t, r.version(t, "provided.al2023", "h", map[string]string{"x": ""}), map[string]string{"bootstrap": "no program"})
		outcome := ask(t, r.Pool(v), `{}`)
		if !strings.Contains(string(outcome.Payload), "/opt/bootstrap: permission denied") {
			t.Errorf("payload %s", outcome.Payload)
		}
	})
}

func TestAScriptWrapsTheRuntime(t *testing.T) {
	const code = "import os\ndef handler(event, context):\n    return [os.environ.get('WRAPPED'), os.environ['AWS_LAMBDA_EXEC_WRAPPER']]"
	for name, tt := range map[string]struct {
		script string
		failed bool
		want   string
	}{
		"from a layer":      {"/opt/wrapper", false, `["by the layer","/opt/wrapper"]`},
		"from the code":     {"/var/task/wrapper", false, `["by the code","/var/task/wrapper"]`},
		"that is not there": {"/opt/nothing", true, `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 127"}`},
		"that may not run":  {"/var/task/index.py", true, `{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 126"}`},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, nil)
			v := r.withLayers(t, r.version(t, "python3.12", "index.handler", map[string]string{
				"index.py": code, "wrapper*": "#!/bin/sh\nWRAPPED='by the code' exec \"$@\"",
			}), map[string]string{"wrapper*": "#!/bin/sh\nWRAPPED='by the layer' exec \"$@\""})
			v.Config.Environment = map[string]string{execWrapper: tt.script}
			call := newCall("{}")
			outcome, err := r.Pool(v).Invoke(t.Context(), call)
			if err != nil {
				t.Fatal(err)
			}
			wantOutcome(t, outcome, tt.failed, strings.ReplaceAll(tt.want, "ID", call.RequestID))
		})
	}
}

// A combination is unpacked once, and another order is another one.
func TestLayersAreUnpackedOnceForEachCombination(t *testing.T) {
	source := &counting{packages: packages{t.TempDir()}}
	r := newRig(t, func(c *Config) { c.Packages = source })
	a := source.put(t, zipped(t, map[string]string{"a": "1", "same": "a"}))
	b := source.put(t, zipped(t, map[string]string{"b": "1", "same": "b"}))
	folder := func(sums ...string) string {
		v := &function.Version{}
		for _, sum := range sums {
			v.Config.Layers = append(v.Config.Layers, function.Layer{Code: function.Code{SHA256: sum}})
		}
		layers := must(r.layers(t.Context(), v))
		if layers == nil {
			return ""
		}
		return layers.path
	}
	first := folder(a, b)
	for range 3 {
		if again := folder(a, b); again != first {
			t.Errorf("%s, then %s", first, again)
		}
	}
	if n := source.opened.Load(); n != 2 {
		t.Errorf("%d packages were opened for two layers", n)
	}
	wantFiles(t, first, map[string]string{"a": "1", "b": "1", "same": "b"})
	wantFiles(t, folder(b, a), map[string]string{"a": "1", "b": "1", "same": "a"})
	wantFiles(t, folder(a), map[string]string{"same": "a"})
	if none := folder(); none != "" {
		t.Errorf("no layers are in %s", none)
	}
}

func TestLayersThatContradictEachOther(t *testing.T) {
	r := newRig(t, nil)
	v := r.version(t, "provided.al2023", "h", map[string]string{"x": ""})
	for _, e := range []entry{{name: "a", content: "b"}, {name: "b", content: "a"}} {
		e.mode = fs.ModeSymlink | 0o777
		v.Config.Layers = append(v.Config.Layers, function.Layer{Code: function.Code{SHA256: r.code.put(t, archive(t, e))}})
	}
	if _, err := r.Pool(v).Invoke(t.Context(), newCall("{}")); !fault.Is(err, fault.Unavailable, "runtime") {
		t.Errorf("Invoke: %v", err)
	}
}

func TestWithoutLayersPathsAreAWSs(t *testing.T) {
	pathWith(t, map[string]string{"node": says("/js", "22.2.0")})
	r := newRig(t, nil)
	v := &function.Version{Config: function.Config{Runtime: "nodejs22.x", Handler: "h"}}
	p := &pool{host: r.Host, version: v}
	variables := p.environ(must(r.launch(t.Context(), v, "/root", "")), "/root", newEnvironment(p))
	for _, want := range []string{
		"PATH=/:/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin", "LD_LIBRARY_PATH=/root:/root/lib:/opt/lib",
		"NODE_PATH=/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:" + r.runtimeDir + "/node_modules:" + r.runtimeDir + ":/root",
	} {
		if !slices.Contains(variables, want) {
			t.Errorf("%s is not among %q", want, variables)
		}
	}
}
