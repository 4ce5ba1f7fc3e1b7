// Package importrules holds the test that keeps the rooms on their floors. It has no code of its own.
package importrules

import (
	"os/exec"
	"strings"
	"testing"
)

// allowed lists, for each room, the rooms whose packages it may import. A room that is not listed fails the test, so
// that a new one is placed on purpose.
var allowed = map[string][]string{
	"cmd/sluice": {"internal/cli"},
	"internal/cli": {
		"internal/server", "internal/doctor", "internal/demo", "internal/workspace", "internal/deployer", "internal/clock", "internal/fault",
	},
	"internal/workspace": {
		"internal/remote", "internal/codepackage", "internal/command", "internal/git", "internal/deployer", "internal/clock", "internal/fault",
	},
	"internal/doctor":      {"internal/host"},
	"internal/demo":        {"internal/server", "internal/client", "internal/clock"},
	"internal/client":      {"internal/account"},
	"internal/conformance": {"internal/api/shape", "internal/client"},
	"internal/server":      {"*"},
	"internal/bench":       {"*"},
	"internal/api/lambda": {
		"internal/api/wire", "internal/api/shape", "internal/function", "internal/async", "internal/functionurl", "internal/layer", "internal/permission", "internal/fault",
	},

	"internal/gateway": {
		"internal/api/wire", "internal/gateway/functionurl", "internal/gateway/rest", "internal/gateway/httpapi", "internal/gateway/executeapi",
		"internal/gateway/ingress", "internal/gateway/address", "internal/function", "internal/fault",
	},
	"internal/gateway/functionurl": {"internal/api/wire", "internal/gateway", "internal/gateway/ingress", "internal/gateway/address", "internal/functionurl", "internal/function", "internal/policy", "internal/fault"},
	"internal/gateway/rest":        {"internal/api/wire", "internal/gateway", "internal/gateway/executeapi", "internal/gateway/ingress", "internal/gateway/address", "internal/restapi", "internal/velocity", "internal/function"},
	"internal/gateway/httpapi":     {"internal/gateway", "internal/gateway/executeapi", "internal/gateway/ingress", "internal/gateway/address", "internal/httpapi", "internal/functionurl"},
	"internal/gateway/executeapi":  {"internal/api/wire", "internal/gateway", "internal/gateway/ingress", "internal/gateway/address", "internal/velocity", "internal/function", "internal/policy", "internal/fault"},
	"internal/gateway/ingress":     {"internal/api/wire", "internal/gateway", "internal/gateway/address", "internal/functionurl", "internal/function", "internal/policy"},
	"internal/gateway/address":     {"internal/functionurl"},
	"internal/gateway/gatewaytest": {"*"},

	"internal/api/resource/resourcetest": {
		"*", // it starts servers for the tests of internal/api/resource
	},
	"internal/api/iam":            {"internal/api/wire", "internal/api/shape", "internal/account", "internal/fault"},
	"internal/api/sts":            {"internal/api/wire", "internal/api/shape", "internal/account", "internal/fault"},
	"internal/api/ssm":            {"internal/api/wire", "internal/api/shape", "internal/function", "internal/parameter", "internal/fault"},
	"internal/api/s3":             {"internal/api/wire", "internal/bucket", "internal/fault"},
	"internal/api/codedeploy":     {"internal/api/wire", "internal/api/shape", "internal/function", "internal/rollout", "internal/fault"},
	"internal/api/cloudwatch":     {"internal/api/wire", "internal/api/shape", "internal/function", "internal/metric", "internal/alarm", "internal/dashboard", "internal/fault"},
	"internal/api/logs":           {"internal/api/wire", "internal/api/shape", "internal/function", "internal/logs", "internal/fault"},
	"internal/api/sluice":         {"internal/api/wire", "internal/api/shape", "internal/function", "internal/rollout", "internal/fault"},
	"internal/api/wire":           {"internal/api/shape", "internal/fault"},
	"internal/api/shape":          {},
	"internal/rollout":            {"internal/comparison", "internal/function", "internal/fault", "internal/clock"},
	"internal/alarm":              {"internal/metric", "internal/function", "internal/fault", "internal/clock"},
	"internal/metric":             {"internal/function", "internal/fault", "internal/clock"},
	"internal/dashboard":          {"internal/fault"},
	"internal/logs":               {"internal/metric", "internal/function", "internal/fault", "internal/clock"},
	"internal/comparison":         {},
	"internal/function":           {"internal/fault"},
	"internal/api/cloudformation": {"internal/api/wire", "internal/api/shape", "internal/stack", "internal/function", "internal/fault"},
	"internal/api/resource":       {"internal/api/wire", "internal/stack", "internal/bucket", "internal/function", "internal/fault", "internal/clock"},
	"internal/api/desk":           {"internal/server", "internal/client", "internal/store"},
	"internal/api/apigateway":     {"internal/api/wire", "internal/api/shape", "internal/restapi", "internal/function", "internal/fault"},
	"internal/api/apigatewayv2":   {"internal/api/wire", "internal/api/shape", "internal/httpapi", "internal/oas", "internal/function", "internal/fault"},
	"internal/stack":              {"internal/function", "internal/fault", "internal/clock"},
	"internal/restapi":            {"internal/executeapi", "internal/oas", "internal/replica", "internal/tokenbucket", "internal/function", "internal/fault"},
	"internal/httpapi":            {"internal/executeapi", "internal/oas", "internal/replica", "internal/tokenbucket", "internal/function", "internal/fault"},
	"internal/executeapi":         {"internal/function", "internal/fault"},
	"internal/oas":                {"internal/fault"},
	"internal/replica":            {},
	"internal/tokenbucket":        {},
	"internal/velocity":           {"internal/fault"},
	"internal/proxy":              {},
	"internal/policy":             {"internal/fault"},
	"internal/permission":         {"internal/function", "internal/policy", "internal/fault"},
	"internal/layer":              {"internal/function", "internal/policy", "internal/fault"},
	"internal/async":              {"internal/function", "internal/metric", "internal/fault", "internal/clock"},
	"internal/functionurl":        {"internal/function", "internal/fault"},
	"internal/bucket":             {"internal/function", "internal/fault"},
	"internal/parameter":          {"internal/function", "internal/fault"},
	"internal/account":            {"internal/fault"},
	"internal/store":              {"internal/function", "internal/rollout", "internal/alarm", "internal/dashboard", "internal/logs", "internal/fault", "internal/metric", "internal/comparison", "internal/account", "internal/async", "internal/bucket", "internal/functionurl", "internal/layer", "internal/parameter", "internal/permission", "internal/policy", "internal/stack", "internal/restapi", "internal/httpapi"},
	"internal/blob":               {"internal/fault"},
	"internal/remote":             {"internal/deployer", "internal/fault"},
	"internal/codepackage":        {"internal/command", "internal/deployer", "internal/fault"},
	"internal/command":            {"internal/deployer", "internal/fault"},
	"internal/git":                {},
	"internal/host":               {"internal/function", "internal/fault"},
	"internal/logfile":            {"internal/logs", "internal/function", "internal/fault"},
	"internal/deployer":           {"internal/fault", "internal/clock"},
	"internal/signalfile":         {},
	"internal/metricfile":         {"internal/metric"},
	"internal/clock":              {},
	"internal/fault":              {},
	"internal/importrules":        {},
	"internal/race":               {},
}

// forbidden are packages that a rule room may not import: a rule has no socket, file, database or process.
var forbidden = []string{"net/http", "database/sql", "os", "os/exec", "net"}

var rules = []string{
	"internal/function", "internal/rollout", "internal/alarm", "internal/metric", "internal/metric/expression", "internal/metric/search",
	"internal/dashboard",
	"internal/logs", "internal/logs/pattern", "internal/comparison",
	"internal/policy", "internal/permission", "internal/layer", "internal/async", "internal/functionurl", "internal/bucket", "internal/parameter", "internal/account", "internal/fault", "internal/clock",
	"internal/deployer", "internal/deployer/config", "internal/deployer/release",
	"internal/stack", "internal/stack/template", "internal/stack/language", "internal/stack/sam", "internal/stack/sam/openapi",
	"internal/stack/transform",
	"internal/restapi", "internal/restapi/openapi", "internal/restapi/schema", "internal/httpapi", "internal/httpapi/openapi", "internal/velocity",
	"internal/executeapi", "internal/oas", "internal/replica", "internal/tokenbucket",
}

func TestRoomsImportOnlyWhatTheirFloorAllows(t *testing.T) {
	for pkg, imports := range packages(t) {
		room := roomOf(pkg)
		neighbours, known := allowed[room]
		if !known {
			t.Errorf("%s is in no room that this test knows: give %s its place", pkg, room)
			continue
		}
		for _, imported := range imports {
			path, ours := strings.CutPrefix(imported, "sluice/")
			if ours && roomOf(path) != room && !contains(neighbours, roomOf(path)) {
				t.Errorf("%s imports %s, which its floor does not allow", pkg, path)
			}
		}
	}
}

func TestRulesHaveNoEffects(t *testing.T) {
	for pkg, imports := range packages(t) {
		if !contains(rules, pkg) {
			continue
		}
		for _, imported := range imports {
			if contains(forbidden, imported) {
				t.Errorf("%s imports %s: a rule has no effects", pkg, imported)
			}
		}
	}
}

// packages returns the imports of each package of the module, without those of its tests.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "sluice/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		found[strings.TrimPrefix(fields[0], "sluice/")] = fields[1:]
	}
	return found
}

// roomOf returns the room that a package belongs to: the longest known path that it lies in.
func roomOf(pkg string) string {
	best := ""
	for room := range allowed {
		if (pkg == room || strings.HasPrefix(pkg, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	if best == "" {
		return pkg
	}
	return best
}

func contains(list []string, item string) bool {
	for _, each := range list {
		if each == item || each == "*" {
			return true
		}
	}
	return false
}
