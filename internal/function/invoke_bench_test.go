package function_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/function"
	"sluice/internal/store"
)

// idleHost has processes that answer at once, and a meter that listens to nothing.
type idleHost struct{ fakeProvision }

func (h *idleHost) Pool(*function.Version) function.Pool { return h }

func (h *idleHost) Invoke(_ context.Context, call *function.Call) (*function.Outcome, error) {
	call.Begin()
	defer call.End()
	return nothing, nil
}

func (*idleHost) Warm(context.Context, int) error { return nil }
func (*idleHost) Hold()                           {}
func (*idleHost) Release()                        {}
func (*idleHost) Retire()                         {}
func (*idleHost) Record(function.Sample)          {}

var nothing = &function.Outcome{}

// BenchmarkInvoke is what a call costs before it meets a process.
func BenchmarkInvoke(b *testing.B) {
	records, err := store.Open(b.Context(), store.Config{Folder: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer records.Close()
	host := &idleHost{}
	s := function.NewService(records, fakePackages{}, host, host)
	scope := function.Scope{Account: "000000000000", Region: "us-east-1"}
	for name, prepare := range map[string]func(id function.ID) error{
		"on demand":   func(function.ID) error { return nil },
		"reserved":    func(id function.ID) error { return s.Reserve(b.Context(), id, 100) },
		"provisioned": func(id function.ID) error { _, err := s.Provision(b.Context(), id, "1", 100); return err },
	} {
		id := function.ID{Scope: scope, Name: strings.ReplaceAll(name, " ", "-")}
		creation := function.Creation{ID: id, Config: config(), Publish: true, Package: strings.NewReader(name)}
		if _, err := s.Create(b.Context(), creation); err != nil {
			b.Fatal(err)
		}
		if err := prepare(id); err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(loop *testing.PB) {
				inv := &function.Invocation{Function: id, Qualifier: "1"}
				for loop.Next() {
					if _, err := s.Invoke(context.Background(), inv); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
