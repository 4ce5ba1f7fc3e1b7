package host

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/fault"
)

func TestVerifyPackage(t *testing.T) {
	long := strings.Repeat("n", 256)
	for _, tt := range []struct {
		name    string
		content []byte
		settled bool
	}{
		{"files", archive(t, entry{name: "a", content: "x"}, entry{name: "b/c", content: "y"}), true},
		{"folders", archive(t, entry{name: "b/", mode: fs.ModeDir | 0o755}, entry{name: "b/c", content: "y"}, entry{name: "b/", mode: fs.ModeDir | 0o755}), true},
		{"a folder after its file", archive(t, entry{name: "b/c", content: "y"}, entry{name: "b/", mode: fs.ModeDir | 0o755}), true},
		{"a file twice", archive(t, entry{name: "a", content: "x"}, entry{name: "./a", content: "y"}), false},
		{"a file below a file", archive(t, entry{name: "a", content: "x"}, entry{name: "a/b", content: "y"}), false},
		{"a file where a folder is", archive(t, entry{name: "a/b", content: "x"}, entry{name: "a", content: "y"}), false},
		{"a link", archive(t, entry{name: "a", content: "b", mode: fs.ModeSymlink}), false},
		{"a device", archive(t, entry{name: "a", mode: fs.ModeDevice}), false},
		{"a long name", archive(t, entry{name: long, content: "x"}), false},
		{"a long path", archive(t, entry{name: strings.Repeat("n/", 600) + "f", content: "x"}), false},
		{"a large file", archive(t, entry{name: "a", content: strings.Repeat("x", maxVerified+1)}), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if settled, err := VerifyPackage(bytes.NewReader(tt.content), int64(len(tt.content))); settled != tt.settled || err != nil {
				t.Errorf("VerifyPackage = %v, %v", settled, err)
			}
		})
	}
}

func TestVerifyPackageFindsDamage(t *testing.T) {
	damaged := archive(t, entry{name: "a", content: strings.Repeat("some text ", 50)})
	damaged[45] ^= 0xff // within the compressed content
	if _, err := VerifyPackage(bytes.NewReader(damaged), int64(len(damaged))); !fault.Is(err, fault.Invalid, "package") {
		t.Errorf("VerifyPackage = %v", err)
	}
}

// What is settled can be unpacked.
func TestWhatIsVerifiedCanBeUnpacked(t *testing.T) {
	r := newRig(t, nil)
	name := rapid.StringMatching(`(\./)?[ab](/[ab]){0,2}/?`)
	rapid.Check(t, func(rt *rapid.T) {
		var entries []entry
		for _, n := range rapid.SliceOfN(name, 1, 4).Draw(rt, "names") {
			e := entry{name: n, content: rapid.StringN(0, 9, -1).Draw(rt, "content")}
			if strings.HasSuffix(n, "/") {
				e.mode, e.content = fs.ModeDir|0o755, ""
			}
			entries = append(entries, e)
		}
		content := archive(t, entries...)
		settled, err := VerifyPackage(bytes.NewReader(content), int64(len(content)))
		if err != nil || !settled {
			return
		}
		if err := r.Unpack(t.Context(), r.code.put(t, content)); err != nil {
			rt.Fatalf("%+v: %v", entries, err)
		}
	})
}
