package alarm_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/fault"
	"sluice/internal/metric"
)

func names(alarms []*alarm.Alarm) (list []string) {
	for _, a := range alarms {
		list = append(list, a.Name)
	}
	return list
}

func TestDescribe(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		far := over("a1", 5)
		far.Scope = elsewhere
		loud := over("a2", 5)
		loud.Actions.Alarm = []string{"arn:aws:sns:page"}
		b.put(t, far, over("a1", 5), loud, over("b1", 5), composite("c1", "ALARM(b1) OR ALARM(a2)"), composite("c2", "OK(c1) OR ALARM(a2)"))
		held := composite("c3", "FALSE")
		held.Composite.Suppressor = "b1"
		b.put(t, held)
		b.set(t, "a2", alarm.Ringing)
		for name, tt := range map[string]struct {
			filter alarm.Filter
			want   string
			more   bool
		}{
			"all":                   {alarm.Filter{}, "a1 a2 b1 c1 c2 c3", false},
			"metric alarms":         {alarm.Filter{Types: []alarm.Type{alarm.MetricAlarm}}, "a1 a2 b1", false},
			"composite alarms":      {alarm.Filter{Types: []alarm.Type{alarm.CompositeAlarm}}, "c1 c2 c3", false},
			"by name":               {alarm.Filter{Names: []string{"b1", "none", "a1", "a1"}}, "a1 b1", false},
			"by prefix":             {alarm.Filter{Prefix: "a"}, "a1 a2", false},
			"by state":              {alarm.Filter{State: alarm.Ringing}, "a2 c1 c2", false},
			"by action":             {alarm.Filter{ActionPrefix: "arn:aws:sns"}, "a2", false},
			"children":              {alarm.Filter{ChildrenOf: "c1"}, "a2 b1", false},
			"parents":               {alarm.Filter{ParentsOf: "a2"}, "c1 c2", false},
			"no suppressed parents": {alarm.Filter{ParentsOf: "b1"}, "c1", false},
			"no parents":            {alarm.Filter{ParentsOf: "c2"}, "", false},
			"a page":                {alarm.Filter{Limit: 2}, "a1 a2", true},
			"the next":              {alarm.Filter{Limit: 2, After: "a2"}, "b1 c1", true},
			"the last":              {alarm.Filter{Limit: 2, After: "c1"}, "c2 c3", false},
			"a full page":           {alarm.Filter{Limit: 6}, "a1 a2 b1 c1 c2 c3", false},
		} {
			tt.filter.Scope = scope
			found, more, err := b.Describe(t.Context(), tt.filter)
			if got := strings.Join(names(found), " "); err != nil || got != tt.want || more != tt.more {
				t.Errorf("%s: %s, more %v, %v", name, got, more, err)
			}
		}
		_, _, err := b.Describe(t.Context(), alarm.Filter{Scope: scope, ChildrenOf: "none"})
		wantFault(t, err, fault.NotFound, "alarm")
	})
}

func TestDescribeForMetric(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		on := func(name string, dimensions ...metric.Dimension) alarm.Alarm {
			a := over(name, 5)
			a.Watch.Metric, a.Watch.Dimensions, a.Watch.Unit = "errors", dimensions, "Count"
			return a
		}
		x, y := metric.Dimension{Name: "x", Value: "1"}, metric.Dimension{Name: "y", Value: "2"}
		slow := on("slow")
		slow.Watch.Period = time.Hour
		b.put(t, on("plain"), on("one", x), on("two", x, y), slow, composite("c", "TRUE"))
		id := func(dimensions ...metric.Dimension) metric.ID {
			return metric.ID{Scope: scope, Namespace: "shop", Name: "errors", Dimensions: dimensions}
		}
		for name, tt := range map[string]struct {
			id        metric.ID
			statistic metric.Statistic
			unit      string
			period    time.Duration
			want      string
		}{
			"no dimensions":          {id: id(), want: "plain slow"},
			"one":                    {id: id(x), want: "one"},
			"two, in another order":  {id: id(y, x), want: "two"},
			"another":                {id: id(y)},
			"the period":             {id: id(), period: time.Hour, want: "slow"},
			"the statistic":          {id: id(), statistic: metric.Sum, want: "plain slow"},
			"another statistic":      {id: id(), statistic: metric.Average},
			"the unit":               {id: id(x), unit: "Count", want: "one"},
			"another unit":           {id: id(x), unit: "Bytes"},
			"another scope's metric": {id: metric.ID{Scope: elsewhere, Namespace: "shop", Name: "errors"}},
		} {
			found, err := b.DescribeForMetric(t.Context(), tt.id, tt.statistic, tt.unit, tt.period)
			if got := strings.Join(names(found), " "); err != nil || got != tt.want {
				t.Errorf("%s: %s, %v", name, got, err)
			}
		}
	})
}

func TestRinging(t *testing.T) {
	t.Run("since when", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5), over("b", 5))
			after(time.Second)
			b.set(t, "a", alarm.Ringing)
			rang := time.Now().UTC()
			after(time.Second)
			b.set(t, "a", alarm.Ringing) // for another reason
			b.wantRinging(t, time.Now(), map[string]time.Time{"a": rang}, "a", "b")
		})
	})
	t.Run("one that does not exist is named, and the others are told", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.set(t, "a", alarm.Ringing)
			got, err := b.Ringing(t.Context(), scope, []string{"x", "a", "y"}, time.Now())
			wantFault(t, err, fault.NotFound, "alarm")
			if err == nil || !strings.Contains(err.Error(), "x, y") || len(got) != 1 {
				t.Errorf("%v, %v", got, err)
			}
		})
	})
	t.Run("one that has stopped is told to who asks about the time", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5), over("never", 5), composite("c", "ALARM(a)"))
			after(time.Second)
			b.set(t, "a", alarm.Ringing)
			rang := time.Now().UTC()
			b.set(t, "a", alarm.OK)
			after(time.Second)
			b.wantState(t, "c", alarm.OK)
			both := map[string]time.Time{"a": rang, "c": rang}
			b.wantRinging(t, rang, both, "a", "c", "never")
			b.wantRinging(t, rang.Add(time.Microsecond), map[string]time.Time{}, "a", "c", "never")
			b.Close()
			b.start(t)
			b.wantRinging(t, rang, both, "a", "c", "never")
		})
	})
	t.Run("an evaluation counts as a hand does", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			begun := time.Now()
			b.metrics.measure("a", 10)
			after(70 * time.Second)
			b.wantState(t, "a", alarm.Ringing)
			b.metrics.measure("a", 0)
			after(time.Minute)
			if got := b.get(t, "a").Status; got.State == alarm.Ringing || got.Rang.IsZero() {
				t.Fatalf("it is %+v", got)
			}
			b.wantRinging(t, begun, map[string]time.Time{"a": b.get(t, "a").Status.Rang}, "a")
		})
	})
}

func (b *bench) wantRinging(t *testing.T, since time.Time, want map[string]time.Time, names ...string) {
	t.Helper()
	got, err := b.Ringing(t.Context(), scope, names, since)
	if err != nil || !maps.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

func TestSetStateRefusesNonsense(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		b.put(t, over("a", 5))
		ctx := t.Context()
		wantFault(t, b.SetState(ctx, scope, "none", alarm.OK, "", ""), fault.NotFound, "alarm")
		wantFault(t, b.SetState(ctx, elsewhere, "a", alarm.OK, "", ""), fault.NotFound, "alarm")
		wantFault(t, b.SetState(ctx, scope, "a", "GREEN", "", ""), fault.Invalid, "alarm")
		wantFault(t, b.SetState(ctx, scope, "a", alarm.OK, "", "{"), fault.Invalid, "alarm")
		wantFault(t, b.SetState(ctx, scope, "a", alarm.OK, strings.Repeat("r", 1024), ""), fault.Invalid, "alarm")
	})
}

func TestTags(t *testing.T) {
	bubble(t, nil, func(t *testing.T, b *bench) {
		a := over("a", 5)
		a.Tags = map[string]string{"Environment": "Production"}
		b.put(t, a)
		arn, ctx := b.get(t, "a").ARN(), t.Context()
		if err := b.Tag(ctx, arn, map[string]string{"tag1": "foo", "tag2": "bar"}); err != nil {
			t.Fatal(err)
		}
		if err := b.Untag(ctx, arn, []string{"tag1", "none"}); err != nil {
			t.Fatal(err)
		}
		got, err := b.Tags(ctx, arn)
		if want := map[string]string{"Environment": "Production", "tag2": "bar"}; err != nil || !maps.Equal(got, want) {
			t.Errorf("%v, %v", got, err)
		}
		many := map[string]string{}
		for _, r := range slices.Repeat([]string{"x"}, 50) {
			many[r+strings.Repeat("y", len(many))] = ""
		}
		wantFault(t, b.Tag(ctx, arn, many), fault.Limit, "tags")
		wantFault(t, b.Tag(ctx, arn, map[string]string{"": "x"}), fault.Invalid, "tags")
		wantFault(t, b.Tag(ctx, arn+"x", nil), fault.NotFound, "alarm")
		wantFault(t, b.Tag(ctx, "arn:aws:sns:a", nil), fault.Invalid, "alarm")
		if err := b.Delete(ctx, scope, []string{"a"}); err != nil {
			t.Fatal(err)
		}
		if got, err := b.Tags(ctx, arn); err != nil || len(got) > 0 {
			t.Errorf("of a deleted alarm: %v, %v", got, err)
		}
	})
}
