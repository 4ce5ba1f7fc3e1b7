package doctor

import (
	"errors"
	"testing"

	"sluice/internal/host/sandbox"
)

func TestSandboxFindings(t *testing.T) {
	forbidden := errors.New("forbidden")
	for _, tt := range []struct {
		name    string
		support sandbox.Support
		want    string
	}{
		{"everything", sandbox.Support{Landlock: 7, Limits: true},
			"system yes, namespaces yes, landlock yes, files yes, processes yes, number of processes yes, private /tmp yes, open files and file size yes, memory yes"},
		{"Landlock that keeps signals in", sandbox.Support{Namespaces: forbidden, Landlock: 6, Limits: true},
			"system yes, namespaces no, landlock yes, files yes, processes yes, number of processes no, private /tmp no, open files and file size yes, memory yes"},
		{"an older Landlock", sandbox.Support{Namespaces: forbidden, Landlock: 5, Limits: true},
			"system yes, namespaces no, landlock yes, files yes, processes no, number of processes no, private /tmp no, open files and file size yes, memory yes"},
		{"nothing", sandbox.Support{Namespaces: forbidden, Children: forbidden},
			"system yes, namespaces no, landlock no, files no, processes no, number of processes no, private /tmp no, open files and file size no, memory partly"},
	} {
		if got := states(sandboxFindings(tt.support)); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestLandlockSaysWhetherItIsInForce(t *testing.T) {
	forbidden := errors.New("forbidden")
	for want, support := range map[string]sandbox.Support{
		"version 7; not in force, as namespaces keep functions apart": {Landlock: 7},
		"version 7; in force": {Landlock: 7, Namespaces: forbidden},
		"the kernel has none": {Namespaces: forbidden},
		"the kernel has none; not in force, as namespaces keep functions apart": {},
	} {
		f := landlock(support)
		if f.Detail != want || (f.Advice != "") != (support.Landlock == 0 && support.Namespaces != nil) {
			t.Errorf("%+v, want %s", f, want)
		}
	}
}
