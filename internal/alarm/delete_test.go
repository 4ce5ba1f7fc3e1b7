package alarm_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/alarm"
	"sluice/internal/fault"
)

func wantNoDelete(t *testing.T, b *bench, name string) {
	t.Helper()
	err := b.Delete(t.Context(), scope, []string{name})
	wantFault(t, err, fault.Conflict, "alarm parents")
	if want := "Cannot delete " + name + " as there are composite alarm(s) depending on it."; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestDelete(t *testing.T) {
	t.Run("those that exist go, even if others don't", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5), over("b", 5))
			err := b.Delete(t.Context(), scope, []string{"none", "a", "a"})
			wantFault(t, err, fault.NotFound, "alarm")
			if err == nil || !strings.Contains(err.Error(), "none") || strings.Contains(err.Error(), "a,") {
				t.Error(err)
			}
			found, _, _ := b.Describe(t.Context(), alarm.Filter{Scope: scope})
			if len(found) != 1 || found[0].Name != "b" {
				t.Errorf("%v are left", found)
			}
			wantFault(t, b.Delete(t.Context(), elsewhere, []string{"b"}), fault.NotFound, "alarm")
		})
	})
	t.Run("a child stays while a composite alarm needs it", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5), over("z", 5), composite("c", "ALARM(a)"))
			wantNoDelete(t, b, "a")
			if err := b.Delete(t.Context(), scope, []string{"z", "a", "c"}); err != nil {
				t.Errorf("with its composite alarm: %v", err)
			}
		})
	})
	t.Run("nothing goes if one may not", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5), over("z", 5), composite("c", "ALARM(a)"))
			wantFault(t, b.Delete(t.Context(), scope, []string{"z", "a"}), fault.Conflict, "alarm parents")
			b.get(t, "z")
		})
	})
	t.Run("one composite alarm at once", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, composite("c", "TRUE"), composite("d", "TRUE"))
			wantFault(t, b.Delete(t.Context(), scope, []string{"c", "d"}), fault.Limit, "alarms")
		})
	})
	t.Run("a hundred at once", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			var names []string
			for i := range 101 {
				names = append(names, fmt.Sprint("a", i))
			}
			wantFault(t, b.Delete(t.Context(), scope, names), fault.Limit, "alarms")
			wantFault(t, b.Delete(t.Context(), scope, names[1:]), fault.NotFound, "alarm")
		})
	})
	t.Run("a name can be used again", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.set(t, "a", alarm.Ringing)
			if err := b.Delete(t.Context(), scope, []string{"a"}); err != nil {
				t.Fatal(err)
			}
			b.put(t, composite("a", "TRUE"))
			b.wantState(t, "a", alarm.InsufficientData)
		})
	})
	t.Run("it is told, once it is done", func(t *testing.T) {
		var b *bench
		found := 0
		watch := func(c *alarm.ServiceConfig) {
			told := c.Changed
			c.Changed = func(change alarm.Change) {
				told(change)
				if change.Deleted {
					left, _, _ := b.Describe(t.Context(), alarm.Filter{Scope: scope})
					found += len(left)
				}
			}
		}
		bubble(t, watch, func(t *testing.T, made *bench) {
			b = made
			b.put(t, over("a", 5), over("b", 5))
			b.set(t, "a", alarm.Ringing)
			b.changes()
			wantFault(t, b.Delete(t.Context(), scope, []string{"b", "a", "none"}), fault.NotFound, "alarm")
			b.wantChanges(t, "a ALARM deleted", "b INSUFFICIENT_DATA deleted")
			if found > 0 {
				t.Errorf("%d alarms were still found when their deletion was told", found)
			}
		})
	})
	t.Run("a store that can't write deletes nothing", func(t *testing.T) {
		bubble(t, nil, func(t *testing.T, b *bench) {
			b.put(t, over("a", 5))
			b.store.set(true)
			if err := b.Delete(t.Context(), scope, []string{"a"}); err == nil {
				t.Error("it was deleted")
			}
			b.get(t, "a")
			b.wantChanges(t)
			b.store.set(false)
		})
	})
}
