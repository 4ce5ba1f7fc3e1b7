package rollout_test

import (
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func TestDeployment(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	d := mustCreate(t, s, request("g"))
	if found, err := s.Deployment(t.Context(), scope, d.ID); err != nil || found.ID != d.ID {
		t.Errorf("%+v, %v", found, err)
	}
	elsewhere := scope
	elsewhere.Region = "us-east-1"
	_, err := s.Deployment(t.Context(), elsewhere, d.ID)
	wantFault(t, err, fault.NotFound, "deployment")
	_, err = s.Deployment(t.Context(), scope, "")
	wantFault(t, err, fault.Invalid, "deployment required")
	for _, id := range []string{"d-1", "x-ABCDEFGHI", "d-abcdefghi", "d-ABCDEFGHIJ"} {
		_, err = s.Deployment(t.Context(), scope, id)
		wantFault(t, err, fault.Invalid, "deployment")
	}
}

func TestDeploymentsInPages(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	var newestFirst []string
	for range 5 {
		newestFirst = slices.Insert(newestFirst, 0, finish(t, s, mustCreate(t, s, request("g"))).ID)
	}
	q := rollout.Query{Scope: scope, Application: "app", Group: "g", Limit: 2}
	var got []string
	for page := range 3 {
		found, more, err := s.Deployments(t.Context(), q)
		if err != nil || more != (page < 2) {
			t.Fatalf("page %d: more %v, %v", page, more, err)
		}
		for _, d := range found {
			got = append(got, d.ID)
		}
		q.Before = got[len(got)-1]
	}
	if !slices.Equal(got, newestFirst) {
		t.Errorf("%q, want %q", got, newestFirst)
	}
}

func TestDeploymentsRefusesWhatIsNotThere(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	tests := []struct {
		name  string
		query rollout.Query
		kind  fault.Kind
		noun  string
	}{
		{"application", rollout.Query{Application: "none", Group: "g"}, fault.NotFound, "application"},
		{"group", rollout.Query{Application: "app", Group: "none"}, fault.NotFound, "group"},
		{"page", rollout.Query{Before: "d-000000000"}, fault.Invalid, "page"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.query.Scope = scope
			_, _, err := s.Deployments(t.Context(), tt.query)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

func TestLastDeployments(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	g, err := s.Group(t.Context(), scope, "app", "g")
	if err != nil {
		t.Fatal(err)
	}
	if attempted, succeeded, err := s.LastDeployments(t.Context(), g); attempted != nil || succeeded != nil || err != nil {
		t.Errorf("before the first: %v, %v, %v", attempted, succeeded, err)
	}
	good := finish(t, s, mustCreate(t, s, request("g")))
	broken := request("g")
	broken.Revision.Content = "a: ["
	bad := finish(t, s, mustCreate(t, s, broken))
	attempted, succeeded, err := s.LastDeployments(t.Context(), g)
	if err != nil || attempted.ID != bad.ID || succeeded.ID != good.ID {
		t.Errorf("%v, %v, %v", attempted, succeeded, err)
	}
	if bad.Previous == nil || bad.Previous.Content != yamlSpec || good.Previous != nil {
		t.Errorf("before the first: %v; before the second: %v", good.Previous, bad.Previous)
	}
}
