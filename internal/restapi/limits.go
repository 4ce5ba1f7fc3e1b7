package restapi

import (
	"strings"
	"sync"
	"time"

	"sluice/internal/tokenbucket"
)

// Verdict says whether a request may go on.
type Verdict int

// The verdicts.
const (
	Admitted  Verdict = iota
	Throttled         // too many requests at once or a second: 429 "Too Many Requests"
	Exhausted         // the quota of the key's plan is used up: 429 "Limit Exceeded"
)

// Admit counts a request to a method of a stage, under its key (nil without one), and says whether it may go on: by the
// throttling of the stage's method settings, then by the plan's of each key, and by the plan's quota. path is the resource's,
// such as /pets/{id}.
//
// The counts are in memory: a server that starts anew begins new ones.
func (s *Service) Admit(v *View, key *PlanKey, method, path string) Verdict {
	at := time.Now()
	if m := v.Stage.settings(path, method); m != nil && m.Rate >= 0 {
		name := "stage " + v.API.API + " " + v.Stage.Name + " " + method + " " + path
		if !s.limits.pace(name, Throttle{Burst: m.Burst, Rate: m.Rate}, at) {
			return Throttled
		}
	}
	if key == nil {
		return Admitted
	}
	if t, name := key.throttle(v, method, path); t != nil && !s.limits.pace(name, *t, at) {
		return Throttled
	}
	return s.limits.spend(key, at)
}

// settings returns what holds for a method: its own settings, else those of all methods; nil if there are none.
func (s *Stage) settings(path, method string) *MethodSettings {
	for key, m := range s.Methods {
		if of, is, _ := cutLast(key, "/"); is == method && strings.TrimPrefix(unescape(of), "/") == strings.TrimPrefix(path, "/") {
			return m
		}
	}
	return s.Methods["*/*"]
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

// throttle returns what bounds a key's requests to a method, and what they are counted under.
func (k *PlanKey) throttle(v *View, method, path string) (*Throttle, string) {
	name := "key " + k.Plan.ID + " " + k.Key.ID
	for _, stage := range k.Plan.Stages {
		if stage.API != v.API.API || stage.Stage != v.Stage.Name {
			continue
		}
		if t, ok := stage.Throttle[path+"/"+method]; ok {
			return &t, name + " " + v.API.API + " " + v.Stage.Name + " " + method + " " + path
		}
	}
	return k.Plan.Throttle, name
}

// limits counts requests.
type limits struct {
	buckets *tokenbucket.Buckets[string]

	mu    sync.Mutex
	spent map[spender]map[day]int64 // guarded by mu
}

type spender struct{ plan, key string }

// day counts days since 1970 in UTC.
type day int64

func dayOf(t time.Time) day { return day(t.Unix() / 86400) }

func newLimits() *limits {
	return &limits{buckets: tokenbucket.New[string](), spent: map[spender]map[day]int64{}}
}

// pace takes a token, if there is one. A throttle without a rate or burst lets nothing through, as AWS's.
func (l *limits) pace(name string, t Throttle, at time.Time) bool {
	return l.buckets.Take(name, tokenbucket.Limit{Burst: float64(t.Burst), Rate: t.Rate}, at)
}

// spend counts a request against a quota.
func (l *limits) spend(k *PlanKey, at time.Time) Verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	who, today := spender{k.Plan.ID, k.Key.ID}, dayOf(at)
	if l.spent[who] == nil {
		l.spent[who] = map[day]int64{}
	}
	if q := k.Plan.Quota; q != nil {
		used := int64(0)
		for d := q.begin(at); d <= today; d++ {
			used += l.spent[who][d]
		}
		if used >= q.Limit {
			return Exhausted
		}
	}
	l.spent[who][today]++
	return Admitted
}

// begin is the first day of the period that a time is in: weeks begin on Sunday.
func (q *Quota) begin(at time.Time) day {
	at = at.UTC()
	switch q.Period {
	case "WEEK":
		return dayOf(at) - day(at.Weekday())
	case "MONTH":
		return dayOf(at) - day(at.Day()-1)
	default:
		return dayOf(at)
	}
}
