package storetest

import (
	"errors"
	"io"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/logs"
)

// LogStore is a logs.Store that can be closed. Close waits for what runs, and calling it again does nothing.
type LogStore interface {
	logs.Store
	io.Closer
}

// Logs runs the suite of logs.Store. prepare makes an empty place for records, as for Functions.
func Logs(t *testing.T, prepare func(t *testing.T) (open func() LogStore)) {
	for group, tests := range map[string]map[string]func(*testing.T, *logPlace){
		"groups": logGroupTests, "policies": logPolicyTests, "transactions": logTransactionTests,
	} {
		t.Run(group, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					open := prepare(t)
					test(t, &logPlace{open(), open})
				})
			}
		})
	}
}

// logPlace holds the records of one test, and the store that is open on them.
type logPlace struct {
	LogStore
	open func() LogStore
}

// reopen closes the store and opens it again, which forgets all that is not on disk.
func (p *logPlace) reopen(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.LogStore = p.open()
}

// write runs a closure that must succeed.
func (p *logPlace) write(t testing.TB, closure func(tx logs.Tx) error) {
	t.Helper()
	if err := p.WriteLogs(t.Context(), closure); err != nil {
		t.Fatal(err)
	}
}

func (p *logPlace) groups(t testing.TB) (found []*logs.Group) {
	t.Helper()
	err := p.ReadLogs(t.Context(), func(r logs.Reader) (err error) {
		found, err = r.LogGroups()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *logPlace) policies(t testing.TB, s function.Scope) (found []*logs.Policy) {
	t.Helper()
	err := p.ReadLogs(t.Context(), func(r logs.Reader) (err error) {
		found, err = r.LogPolicies(s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var logTransactionTests = map[string]func(*testing.T, *logPlace){
	"a closure that fails changes nothing": func(t *testing.T, p *logPlace) {
		failure := errors.New("no")
		err := p.WriteLogs(t.Context(), func(tx logs.Tx) error {
			return errors.Join(tx.PutLogGroup(NewLogGroup("g")), tx.PutLogPolicy(NewLogPolicy("p")), failure)
		})
		if !errors.Is(err, failure) {
			t.Fatalf("the closure's error became %v", err)
		}
		if g, q := p.groups(t), p.policies(t, scope); len(g)+len(q) != 0 {
			t.Errorf("left over: %v %v", g, q)
		}
	},
	"a closure sees what it wrote": func(t *testing.T, p *logPlace) {
		p.write(t, func(tx logs.Tx) error {
			if err := tx.PutLogGroup(NewLogGroup("g")); err != nil {
				return err
			}
			found, err := tx.LogGroups()
			if err == nil && len(found) != 1 {
				t.Errorf("%d groups", len(found))
			}
			return err
		})
	},
}

// wantGone checks that a deletion does not find a noun.
func (p *logPlace) wantGone(t *testing.T, noun string, remove func(tx logs.Tx) error) {
	t.Helper()
	wantFault(t, p.WriteLogs(t.Context(), remove), fault.NotFound, noun)
}

func logNames(groups []*logs.Group) (names []string) {
	for _, g := range groups {
		names = append(names, g.ID.Account+" "+g.ID.Region+" "+g.ID.Name)
	}
	return names
}

func wantOrdered(t *testing.T, names []string) {
	t.Helper()
	if !slices.IsSorted(names) {
		t.Errorf("not in order: %q", names)
	}
}
