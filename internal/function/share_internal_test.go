package function

import (
	"errors"
	"testing"
)

var (
	shareF = ID{Name: "f"}
	shareG = ID{Name: "g"}
)

func TestQuotaLimitsWhatIsOnDemand(t *testing.T) {
	for name, tt := range map[string]struct {
		claim       claim
		limit       int
		reservation int
		set         bool
	}{
		"nothing":                              {noClaim, unlimited, 0, false},
		"provisioned alone":                    {claim{-1, 5}, unlimited, 0, false},
		"reserved":                             {claim{7, 0}, 7, 7, true},
		"reserved, a part of it provisioned":   {claim{7, 5}, 2, 7, true},
		"reserved, and provisioned as a whole": {claim{5, 5}, 0, 5, true},
		"reserved to stop the function":        {claim{0, 0}, 0, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			q := newQuota(newShare())
			q.set(claim{3, 1}) // what was before leaves no trace
			q.set(tt.claim)
			n, set := q.reservation()
			if q.onDemand.Limit() != tt.limit || n != tt.reservation || set != tt.set {
				t.Errorf("limit %d, reserved %d, %t; want %d, %d, %t", q.onDemand.Limit(), n, set, tt.limit, tt.reservation, tt.set)
			}
		})
	}
}

func TestShareLeavesWhatNobodyClaims(t *testing.T) {
	s := newShare()
	for _, step := range []struct {
		id    ID
		claim claim
		left  int
	}{
		{shareF, claim{100, 0}, 900},
		{shareF, claim{100, 40}, 900}, // what is provisioned is a part of what is reserved
		{shareG, claim{-1, 30}, 870},
		{shareF, claim{-1, 40}, 930},
		{shareF, noClaim, 970},
		{shareG, claim{0, 0}, 1000},
	} {
		s.set(step.id, step.claim)
		if got := s.unreserved.Limit(); got != step.left {
			t.Errorf("after %s claimed %+v, %d are left; want %d", step.id.Name, step.claim, got, step.left)
		}
	}
}

func TestShareHasNoQuotaOfWhatClaimsNothing(t *testing.T) {
	s := newShare()
	s.set(shareF, noClaim)
	s.set(shareG, claim{3, 0})
	s.drop(shareG, noClaim)
	if len(s.quotas) != 0 || s.unreserved.Limit() != AccountConcurrency {
		t.Errorf("%d quotas, %d left", len(s.quotas), s.unreserved.Limit())
	}
}

func TestADropKeepsWhatTheNextFunctionClaims(t *testing.T) {
	s := newShare()
	s.set(shareF, claim{3, 0})
	q := s.quota(shareF)
	s.drop(shareF, claim{5, 0})
	if s.quota(shareF) != q || q.onDemand.Limit() != 5 || s.unreserved.Limit() != 995 {
		t.Errorf("limit %d, %d left", q.onDemand.Limit(), s.unreserved.Limit())
	}
}

// What a writer has set before the load is newer than what the load reads, or the same.
func TestALoadKeepsWhatWritersSet(t *testing.T) {
	read := func() (claims, error) { return claims{shareF: {1, 0}, shareG: {2, 0}, {Name: "h"}: {3, 0}}, nil }
	s := newShare()
	s.set(shareF, claim{10, 0})
	s.drop(shareG, noClaim)
	if err := s.load(func() (claims, error) { return nil, errors.New("broken") }); err == nil {
		t.Fatal("the load's error is lost")
	}
	for range 2 { // the second load is none
		if err := s.load(read); err != nil {
			t.Fatal(err)
		}
		if got := s.unreserved.Limit(); got != 1000-10-3 {
			t.Errorf("%d are left", got)
		}
	}
}
