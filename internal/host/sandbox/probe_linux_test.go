package sandbox

import (
	"os"
	"runtime"
	"testing"
)

func TestProbe(t *testing.T) {
	runtime.LockOSThread()
	s := Probe(os.StartProcess)
	t.Logf("%+v", s)
	if s.Kind() == "none" {
		t.Skip("none")
	}
}

func BenchmarkStart(b *testing.B) {
	runtime.LockOSThread()
	s := Probe(os.StartProcess)
	if s.Namespaces != nil {
		b.Fatal(s.Namespaces)
	}
	self, _ := os.Executable()
	null, _ := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	l := NewLauncher(s, os.StartProcess)
	defer l.Close()
	spec := Spec{
		Path: self, Args: []string{nothingDo}, Dir: "/", Limits: Limits{Processes: 64, Files: 64},
		Entries: Arrange(append(System(), Resolved(self))), User: NewUser(),
	}
	for b.Loop() {
		p, err := l.Start(spec, null)
		if err != nil {
			b.Fatal(err)
		}
		p.Wait()
	}
}
