package demo

import "testing"

func TestReplyFailsIfTheRateIsNoNumber(t *testing.T) {
	for _, tt := range []struct{ rate, path, body string }{
		{"", "/response", `{"version":"3"}`},
		{goodRate, "/response", `{"version":"3"}`},
		{"1e3", "/response", `{"version":"3"}`},
		{badRate, "/error", `{"errorMessage":"RATE is \"seven\", which is no number","errorType":"BadSetting"}`},
	} {
		if path, body := reply("3", tt.rate); path != tt.path || string(body) != tt.body {
			t.Errorf("rate %q: %s %s, want %s %s", tt.rate, path, body, tt.path, tt.body)
		}
	}
}
