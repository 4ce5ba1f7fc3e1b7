package function

import (
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/fault"
)

// place is where the model has put a call.
type place struct {
	admission
	of     *modelled
	kind   string // covered, reserved or unreserved
	target *target
}

// modelled is a function in a model of admission by plain numbers. Its first version may be provisioned.
type modelled struct {
	entry
	id          ID
	versions    [2]*target
	gauge       Gauge
	claim       claim
	provisioned int // calls that run and are covered
	onDemand    int // calls that run and are not
}

// admissions is the model of a share of two functions.
type admissions struct {
	share      *share
	functions  [2]*modelled
	running    []*place
	unreserved int
}

func newAdmissions() *admissions {
	a := &admissions{share: newShare()}
	for i, name := range []string{"one", "two"} {
		f := &modelled{id: ID{Name: name}, versions: [2]*target{{}, {}}, claim: noClaim}
		f.quota = a.share.quota(f.id)
		a.functions[i] = f
	}
	return a
}

// left is how many calls without a reservation may run beside those that do.
func (a *admissions) left() int {
	left := AccountConcurrency - a.unreserved
	for _, f := range a.functions {
		left -= f.claim.size()
	}
	return left
}

// expect says where a call must go; the noun of the refusal if nowhere.
func (a *admissions) expect(f *modelled, version int) (kind, refusal string) {
	switch {
	case version == 0 && f.claim.provisioned > f.provisioned:
		return "covered", ""
	case f.claim.reserved >= 0 && f.onDemand < f.claim.reserved-f.claim.provisioned:
		return "reserved", ""
	case f.claim.reserved >= 0:
		return "", "reserved concurrency"
	case a.left() > 0:
		return "unreserved", ""
	default:
		return "", "concurrency"
	}
}

// count adds n calls of a kind to the model.
func (a *admissions) count(f *modelled, kind string, n int) {
	if kind == "covered" {
		f.provisioned += n
		return
	}
	f.onDemand += n
	if kind == "unreserved" {
		a.unreserved += n
	}
}

func (a *admissions) enter(t *rapid.T) {
	f := rapid.SampledFrom(a.functions[:]).Draw(t, "function")
	version := rapid.IntRange(0, 1).Draw(t, "version")
	kind, refusal := a.expect(f, version)
	got, err := f.admit(f.versions[version])
	if refusal != "" {
		if !fault.Is(err, fault.Throttled, refusal) {
			t.Fatalf("admitted %+v, %v; want a refusal for %s", got, err, refusal)
		}
		return
	}
	if err != nil || (got.covered != nil) != (kind == "covered") || (got.share != nil) != (kind == "unreserved") {
		t.Fatalf("admitted %+v, %v; want a place that is %s", got, err, kind)
	}
	a.count(f, kind, 1)
	a.running = append(a.running, &place{got, f, kind, f.versions[version]})
	a.wantMeasured(t, a.running[len(a.running)-1])
}

// wantMeasured checks what a call that has just been let in is told of those that run.
func (a *admissions) wantMeasured(t *rapid.T, p *place) {
	var got Sample
	p.measure(p.target, &got)
	want := Sample{}
	if p.target.covered.Load() != nil {
		want.Provision, want.Covered = p.of.claim.provisioned, p.of.provisioned
	}
	if p.kind == "unreserved" {
		want.Unreserved, want.Claimed = a.unreserved, AccountConcurrency-a.left()
	}
	if got != want {
		t.Fatalf("measured %+v, want %+v", got, want)
	}
}

func (a *admissions) leave(t *rapid.T) {
	if len(a.running) == 0 {
		t.Skip("nothing runs")
	}
	i := rapid.IntRange(0, len(a.running)-1).Draw(t, "call")
	p := a.running[i]
	a.running = append(a.running[:i], a.running[i+1:]...)
	p.leave()
	a.count(p.of, p.kind, -1)
}

// change draws another claim: small ones, so that they are reached, and large ones, which leave the account little.
func (a *admissions) change(t *rapid.T) {
	f := rapid.SampledFrom(a.functions[:]).Draw(t, "function")
	reserved := rapid.SampledFrom([]int{-1, -1, 0, 1, 3, 499, 500}).Draw(t, "reserved")
	provisioned := rapid.SampledFrom([]int{0, 1, 2, 498}).Draw(t, "provisioned")
	if reserved >= 0 {
		provisioned = min(provisioned, reserved)
	}
	f.claim = claim{reserved, provisioned}
	a.share.set(f.id, f.claim)
	f.gauge.SetLimit(provisioned)
	f.versions[0].covered.Store(nil)
	if provisioned > 0 {
		f.versions[0].covered.Store(&f.gauge)
	}
}

// TestAdmissionUnderChangingLimits holds admission against plain numbers while calls come and go and claims change. No call
// that runs is forgotten, and none gets in over a limit.
func TestAdmissionUnderChangingLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newAdmissions()
		t.Repeat(map[string]func(*rapid.T){
			"enter": a.enter, "enter again": a.enter, "leave": a.leave, "change": a.change,
			"": func(t *rapid.T) {
				if got := a.share.unreserved.Running(); got != a.unreserved {
					t.Fatalf("%d calls run unreserved, want %d", got, a.unreserved)
				}
				for _, f := range a.functions {
					if f.quota.onDemand.Running() != f.onDemand || f.gauge.Running() != f.provisioned {
						t.Fatalf("%s: %d and %d calls run, want %d and %d", f.id.Name, f.quota.onDemand.Running(), f.gauge.Running(), f.onDemand, f.provisioned)
					}
				}
			},
		})
	})
}

// A refusal by the account gives back the place that the function had for the call.
func TestARefusalTakesNoPlace(t *testing.T) {
	s := newShare()
	s.unreserved.SetLimit(0)
	e := &entry{quota: s.quota(ID{})}
	for range 3 {
		if _, err := e.admit(&target{}); !fault.Is(err, fault.Throttled, "concurrency") || err.Error() != "Rate Exceeded." {
			t.Errorf("error %v", err)
		}
	}
	if n := e.quota.onDemand.Running(); n != 0 {
		t.Errorf("%d calls run", n)
	}
}
