package dashboard_test

import (
	"strings"
	"testing"
	"time"

	"sluice/internal/dashboard"
	"sluice/internal/fault"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const account = "123456789012"

func newService(t *testing.T) *dashboard.Service {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return dashboard.NewService(s)
}

func put(t *testing.T, s *dashboard.Service, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := s.Put(t.Context(), dashboard.Dashboard{Account: account, Name: name, Body: "{}"}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPutKeepsTheBodyAsItIs(t *testing.T) {
	s := newService(t)
	const body = " {\"widgets\": [ {\"x\": 1} ],\n\"other\": 1e3}"
	before := time.Now()
	if err := s.Put(t.Context(), dashboard.Dashboard{Account: account, Name: "d", Body: body}); err != nil {
		t.Fatal(err)
	}
	d, err := s.Get(t.Context(), account, "d")
	if err != nil || d.Body != body || d.Modified.Before(before.Truncate(time.Microsecond)) {
		t.Errorf("Get = %+v, %v", d, err)
	}
	if got, want := d.ARN(), "arn:aws:cloudwatch::123456789012:dashboard/d"; got != want {
		t.Errorf("ARN %s, want %s", got, want)
	}
}

func TestPutKeepsTheTagsOfAnExistingDashboard(t *testing.T) {
	s := newService(t)
	d := dashboard.Dashboard{Account: account, Name: "d", Body: "{}", Tags: map[string]string{"team": "payments"}}
	if err := s.Put(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	put(t, s, "d")
	found, err := s.Get(t.Context(), account, "d")
	if err != nil || found.Tags["team"] != "payments" {
		t.Errorf("Get = %+v, %v", found, err)
	}
}

func TestPutRefuses(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct{ name, dashboard, body, noun string }{
		{"no name", "", "{}", "dashboard name"},
		{"a name with a space", "a b", "{}", "dashboard name"},
		{"a name with a colon", "a:b", "{}", "dashboard name"},
		{"a name that is too long", strings.Repeat("n", 256), "{}", "dashboard name"},
		{"no body", "d", "", "dashboard"},
		{"a body that is no JSON", "d", "{", "dashboard"},
		{"a body with more behind it", "d", "{} {}", "dashboard"},
		{"a body that is no object", "d", "[]", "dashboard"},
		{"a body that is null", "d", "null", "dashboard"},
		{"widgets that are no list", "d", `{"widgets": {}}`, "dashboard"},
		{"a body that is too large", "d", `{"x": "` + strings.Repeat("x", dashboard.MaxBody) + `"}`, "dashboard"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := s.Put(t.Context(), dashboard.Dashboard{Account: account, Name: tt.dashboard, Body: tt.body})
			if !fault.Is(err, fault.Invalid, tt.noun) {
				t.Errorf("error %v, want one about the %s", err, tt.noun)
			}
		})
	}
}

func TestGetSaysWhatDoesNotExist(t *testing.T) {
	_, err := newService(t).Get(t.Context(), account, "gone")
	if !fault.Is(err, fault.NotFound, "dashboard") || err.Error() != "Dashboard gone does not exist" {
		t.Errorf("error %v", err)
	}
}

func TestListGoesOnBehindAName(t *testing.T) {
	s := newService(t)
	put(t, s, "a1", "a2", "a3", "b")
	for _, tt := range []struct {
		after, want string
		more        bool
	}{
		{"", "a1 a2", true},
		{"a2", "a3", false},
		{"a3", "", false},
	} {
		found, more, err := s.List(t.Context(), account, "a", tt.after, 2)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, d := range found {
			names = append(names, d.Name)
		}
		if got := strings.Join(names, " "); got != tt.want || more != tt.more {
			t.Errorf("after %q: %s, %v; want %s, %v", tt.after, got, more, tt.want, tt.more)
		}
	}
}

func TestDeleteDeletesAllOrNone(t *testing.T) {
	s := newService(t)
	put(t, s, "a", "b")
	err := s.Delete(t.Context(), account, []string{"a", "gone", "b", "away"})
	if !fault.Is(err, fault.NotFound, "dashboard") || !strings.Contains(err.Error(), "[away, gone]") {
		t.Errorf("error %v, want one that names what is missing", err)
	}
	if found, _, err := s.List(t.Context(), account, "", "", 9); err != nil || len(found) != 2 {
		t.Errorf("after a failed Delete there are %d, %v", len(found), err)
	}
	if err := s.Delete(t.Context(), account, []string{"a", "b", "a"}); err != nil {
		t.Fatal(err)
	}
	if found, _, err := s.List(t.Context(), account, "", "", 9); err != nil || len(found) != 0 {
		t.Errorf("after Delete there are %d, %v", len(found), err)
	}
}
