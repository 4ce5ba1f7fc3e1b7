package lambda

import "testing"

func TestAccountSettings(t *testing.T) {
	f := newFixture(t)
	f.must(t, "PUT", reserving+"f/concurrency", `{"ReservedConcurrentExecutions":300}`)
	got := f.must(t, "GET", "/2016-08-19/account-settings", "")
	limit, usage := got["AccountLimit"].(map[string]any), got["AccountUsage"].(map[string]any)
	if limit["ConcurrentExecutions"] != 1000.0 || limit["UnreservedConcurrentExecutions"] != 700.0 || len(limit) != 5 {
		t.Errorf("limits %v", limit)
	}
	if usage["FunctionCount"] != 1.0 || usage["TotalCodeSize"] != 9.0 || len(usage) != 2 { // $LATEST and two versions of 3 bytes
		t.Errorf("usage %v", usage)
	}
}

// Each version of a layer counts, as each version of a function does.
func TestAccountSettingsCountLayers(t *testing.T) {
	f := newFixture(t)
	size := func() float64 {
		t.Helper()
		return f.must(t, "GET", "/2016-08-19/account-settings", "")["AccountUsage"].(map[string]any)["TotalCodeSize"].(float64)
	}
	before := size()
	for range 2 {
		f.must(t, "POST", "/2018-10-31/layers/l/versions", `{"Content":{"ZipFile":"emlw"}}`)
	}
	if after := size(); after != before+6 { // two versions of 3 bytes
		t.Errorf("%v bytes before, %v after", before, after)
	}
}
