package storetest

import (
	"io"
	"slices"
	"strings"
	"testing"

	"sluice/internal/alarm"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// AlarmStore is an alarm.Store that can be closed. Close waits for what runs, and calling it again does nothing.
type AlarmStore interface {
	alarm.Store
	io.Closer
}

// Alarms runs the suite of alarm.Store. prepare makes an empty place for records, as for Functions.
func Alarms(t *testing.T, prepare func(t *testing.T) (open func() AlarmStore)) {
	for group, tests := range map[string]map[string]func(*testing.T, *alarmPlace){
		"alarms":  alarmTests,
		"history": alarmHistoryTests,
	} {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					open := prepare(t)
					test(t, &alarmPlace{open(), open})
				})
			}
		})
	}
}

// alarmPlace holds the records of one test, and the store that is open on them.
type alarmPlace struct {
	AlarmStore
	open func() AlarmStore
}

// reopen closes the store and opens it again, which forgets all that is not on disk.
func (p *alarmPlace) reopen(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.AlarmStore = p.open()
}

// write runs a closure that must succeed.
func (p *alarmPlace) write(t testing.TB, closure func(tx alarm.Tx) error) {
	t.Helper()
	if err := p.WriteAlarms(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

func (p *alarmPlace) put(t testing.TB, alarms ...*alarm.Alarm) {
	t.Helper()
	p.write(t, func(tx alarm.Tx) error {
		for _, a := range alarms {
			if err := tx.PutAlarm(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// all reads every alarm, by scope and name.
func (p *alarmPlace) all(t testing.TB) (found []*alarm.Alarm) {
	t.Helper()
	err := p.ReadAlarms(t.Context(), func(r alarm.Reader) (err error) {
		found, err = r.Alarms()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(found, func(a, b *alarm.Alarm) int { return strings.Compare(a.ARN(), b.ARN()) })
	return found
}

var alarmTests = map[string]func(*testing.T, *alarmPlace){
	"every field is kept, on disk": func(t *testing.T, p *alarmPlace) {
		p.put(t, NewAlarm("a"), NewCompositeAlarm("b"))
		p.reopen(t)
		wantSame(t, "the alarms", p.all(t), []*alarm.Alarm{NewAlarm("a"), NewCompositeAlarm("b")})
	},
	"a put replaces": func(t *testing.T, p *alarmPlace) {
		a := NewAlarm("a")
		p.put(t, a)
		a.Status.State, a.Tags, a.Pending = alarm.OK, nil, nil
		p.put(t, a)
		wantSame(t, "the alarms", p.all(t), []*alarm.Alarm{a})
	},
	"what was not given stays apart from what is empty": func(t *testing.T, p *alarmPlace) {
		absent, empty := NewAlarm("absent"), NewAlarm("empty")
		absent.Actions, absent.Tags, absent.Watch.Dimensions = alarm.Actions{}, nil, nil
		empty.Actions, empty.Tags = alarm.Actions{OK: []string{}, Alarm: []string{}, InsufficientData: []string{}}, map[string]string{}
		p.put(t, absent, empty)
		p.reopen(t)
		wantSame(t, "the alarms", p.all(t), []*alarm.Alarm{absent, empty})
	},
	"accounts, regions and names are apart": isolatesAlarms,
	"a missing one is not found": func(t *testing.T, p *alarmPlace) {
		p.put(t, NewAlarm("there"))
		err := p.WriteAlarms(t.Context(), func(tx alarm.Tx) error { return tx.DeleteAlarm(scope, "none") })
		wantFault(t, err, fault.NotFound, "alarm")
		wantSame(t, "the alarms", p.all(t), []*alarm.Alarm{NewAlarm("there")})
	},
	"a failed write changes nothing": func(t *testing.T, p *alarmPlace) {
		p.put(t, NewAlarm("a"))
		err := p.WriteAlarms(t.Context(), func(tx alarm.Tx) error {
			if err := tx.DeleteAlarm(scope, "a"); err != nil {
				return err
			}
			if err := tx.AddAlarmHistory(NewHistoryItem("a", 0), alarm.Keep{Items: 10, Bytes: 1 << 20}); err != nil {
				return err
			}
			return errOnPurpose
		})
		if err == nil {
			t.Error("the write succeeded")
		}
		wantSame(t, "the alarms", p.all(t), []*alarm.Alarm{NewAlarm("a")})
		wantList(t, "the history", p.history(t, alarm.HistoryQuery{Scope: scope}), nil)
	},
}

// isolatesAlarms gives alarms of one name to several scopes, and odd names to one, and deletes every other alarm.
func isolatesAlarms(t *testing.T, p *alarmPlace) {
	var own []*alarm.Alarm
	for _, s := range scopes {
		own = append(own, alarmIn(s, "same"))
	}
	for _, odd := range oddStrings {
		own = append(own, alarmIn(scope, odd))
	}
	p.put(t, own...)
	var left []*alarm.Alarm
	p.write(t, func(tx alarm.Tx) error {
		for i, a := range own {
			if i%2 == 1 {
				left = append(left, a)
			} else if err := tx.DeleteAlarm(a.Scope, a.Name); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(left, func(a, b *alarm.Alarm) int { return strings.Compare(a.ARN(), b.ARN()) })
	wantSame(t, "the alarms", p.all(t), left)
}

func alarmIn(s function.Scope, name string) *alarm.Alarm {
	a := NewAlarm(name)
	a.Scope, a.Description = s, s.Account+s.Region+name
	return a
}
