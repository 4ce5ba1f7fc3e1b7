package deployer_test

import (
	"strings"
	"testing"

	"sluice/internal/deployer"
)

func TestStamp(t *testing.T) {
	s := deployer.Stamp{Release: "r1", By: "ann", Commit: "9fceb02d0ae598e95dc970b74767f19372d61af8", Tag: "v1.2.3"}
	d := s.Description()
	if !strings.HasPrefix(d, "v1.2.3 9fceb02d [sluice ") || len(d) > 256 {
		t.Errorf("%q", d)
	}
	if got, ok := deployer.ReadStamp(d); !ok || got != s {
		t.Errorf("%+v, %v", got, ok)
	}
	if got, ok := deployer.ReadStamp("v1.2.3"); ok {
		t.Errorf("%+v", got)
	}
	s = deployer.Stamp{Commit: s.Commit + "+"}
	if got, _ := deployer.ReadStamp(s.Description()); !strings.HasPrefix(s.Commit, strings.TrimSuffix(got.Commit, "+")) || !strings.HasSuffix(got.Commit, "+") {
		t.Errorf("a commit with changes beside it is read back as %q", got.Commit)
	}
}

func TestTaggedFindsTheNewest(t *testing.T) {
	stamp := func(tag string) string { s := deployer.Stamp{Release: "r", Tag: tag}; return s.Description() }
	f := deployer.Found{Versions: []deployer.Version{
		{Number: "1", Description: stamp("v1")}, {Number: "2", Description: stamp("v1")}, {Number: "3", Description: stamp("v2")}, {Number: "4", Description: "v1"},
	}}
	if v, ok := f.Tagged("v1"); !ok || v.Number != "2" {
		t.Errorf("%+v, %v", v, ok)
	}
	if v, ok := f.Tagged("v3"); ok {
		t.Errorf("%+v", v)
	}
}
