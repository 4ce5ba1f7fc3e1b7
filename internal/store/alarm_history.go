package store

import (
	"database/sql"
	"slices"
	"strings"
	"time"

	"sluice/internal/alarm"
)

// AlarmHistory implements alarm.Reader.
func (t *tx) AlarmHistory(q alarm.HistoryQuery) ([]*alarm.HistoryItem, error) {
	where, args := historyConditions(q)
	order := " ORDER BY time DESC, alarm DESC, number DESC"
	if q.Ascending {
		order = " ORDER BY time, alarm, number"
	}
	return rows(t, "SELECT number, document FROM alarm_history WHERE "+strings.Join(where, " AND ")+order+" LIMIT ?",
		append(args, limited(q.Limit)), scanHistory)
}

// historyConditions writes a query as SQL. The texts depend on which fields are set alone.
func historyConditions(q alarm.HistoryQuery) (where []string, args []any) {
	add := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	add("account = ? AND region = ?", q.Scope.Account, q.Scope.Region)
	if q.Alarm != "" {
		add("alarm = ?", q.Alarm)
	}
	if q.Kind != "" {
		add("kind = ?", string(q.Kind))
	}
	metrics, composites := slices.Contains(q.Types, alarm.MetricAlarm), slices.Contains(q.Types, alarm.CompositeAlarm)
	if metrics != composites {
		add("composite = ?", flag(composites))
	}
	if !q.From.IsZero() {
		add("time >= ?", micros(q.From))
	}
	if !q.To.IsZero() {
		add("time <= ?", micros(q.To))
	}
	if after := q.After; after != nil {
		compare := "<"
		if q.Ascending {
			compare = ">"
		}
		add("(time, alarm, number) "+compare+" (?, ?, ?)", micros(after.Time), after.Alarm, after.Number)
	}
	return where, args
}

// AddAlarmHistory implements alarm.Tx.
func (t *tx) AddAlarmHistory(item *alarm.HistoryItem, keep alarm.Keep) error {
	scope := []any{item.Scope.Account, item.Scope.Region, item.Alarm}
	_, err := t.row("SELECT COALESCE(MAX(number), 0) + 1 FROM alarm_history WHERE account = ? AND region = ? AND alarm = ?",
		scope, &item.Number)
	if err != nil {
		return err
	}
	err = t.put(item, "INSERT INTO alarm_history (document, account, region, alarm, number, time, kind, composite) "+
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		append(scope, item.Number, micros(item.Time), string(item.Kind), flag(item.Composite))...)
	if err != nil {
		return err
	}
	last := item.Number - int64(keep.Items)
	if item.Number%weighEvery == 0 || item.Large() {
		heavy, err := t.heavyHistory(scope, keep.Bytes)
		if err != nil {
			return err
		}
		last = max(last, min(heavy, item.Number-1))
	}
	if last <= 0 {
		return nil
	}
	_, err = t.exec("DELETE FROM alarm_history WHERE account = ? AND region = ? AND alarm = ? AND number <= ?",
		append(scope, last)...)
	return err
}

// weighEvery is how many small items come before an alarm's history is weighed, which takes reading it.
const weighEvery = 16

// heavyHistory returns the number of the newest item of an alarm that, with those after it, has more bytes than allowed; 0
// if there is none.
func (t *tx) heavyHistory(scope []any, bytes int64) (number int64, err error) {
	_, err = t.row("SELECT COALESCE(MAX(number), 0) FROM (SELECT number, SUM(LENGTH(document)) OVER (ORDER BY number DESC) AS total "+
		"FROM alarm_history WHERE account = ? AND region = ? AND alarm = ?) AS weighed WHERE total > ?",
		append(slices.Clone(scope), bytes), &number)
	return number, err
}

// DropAlarmHistory implements alarm.Tx.
func (t *tx) DropAlarmHistory(before time.Time) error {
	_, err := t.exec("DELETE FROM alarm_history WHERE time < ?", micros(before))
	return err
}

func scanHistory(row *sql.Rows) (*alarm.HistoryItem, error) {
	var number int64
	var text sql.RawBytes
	if err := row.Scan(&number, &text); err != nil {
		return nil, err
	}
	item := &alarm.HistoryItem{}
	err := parse(text, item)
	item.Number = number
	return item, err
}

// flag is a truth as both dialects keep it.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
