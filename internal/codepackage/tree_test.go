package codepackage_test

import (
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
)

func (p project) packed(source string) []string {
	p.Helper()
	return slices.Sorted(maps.Keys(p.entries(p.pack(source).File)))
}

func TestWhatIsNeverCodeIsLeftOut(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{
		"index.js": "", "sluice.yaml": "", ".sluice/sluice.db": "", ".git/HEAD": "", "lib/__pycache__/a.cpython.pyc": "",
		"lib/a.py": "", "lib/a.pyc": "", ".DS_Store": "", "lib/sluice.yaml": "",
	})
	if got, want := p.packed("."), []string{"index.js", "lib/a.py", "lib/sluice.yaml"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAListSaysWhatElseIsLeftOut(t *testing.T) {
	files := map[string]string{
		"index.js": "", "index.test.js": "", "keep.test.js": "", "docs/a.md": "", "docs/b.txt": "", "build/docs/c.md": "",
		"tmp": "", "lib/tmp/x": "", "deep/one/two/x.log": "", "module.pyc": "",
	}
	for _, tt := range []struct{ name, list, left string }{
		{"a name, anywhere", "docs\n", "docs/a.md docs/b.txt build/docs/c.md"},
		{"at the top alone", "/docs\n", "docs/a.md docs/b.txt"},
		{"folders alone", "tmp/\n", "lib/tmp/x"},
		{"a pattern", "*.md", "docs/a.md build/docs/c.md"},
		{"a pattern in a folder", "docs/*.md\r\n", "docs/a.md"},
		{"through folders", "deep/**/*.log", "deep/one/two/x.log"},
		{"all but some", "*.test.js\n!keep.test.js\n", "index.test.js"},
		{"back in", "!*.pyc\n", ""},
		{"comments and space", "# docs\n\n  \n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newProject(t)
			p.write(files)
			p.write(map[string]string{".sluiceignore": tt.list})
			var want []string
			for name := range files {
				if !slices.Contains(strings.Fields(tt.left), name) && (name != "module.pyc" || tt.name == "back in") {
					want = append(want, name)
				}
			}
			slices.Sort(want)
			if got := p.packed("."); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestAPatternThatCantBeReadIsTold(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/a": "", "src/.sluiceignore": "# one\n[a\n"})
	if got := p.refuse("src", fault.Invalid); !strings.Contains(got, `.sluiceignore, line 2: "[a"`) {
		t.Error(got)
	}
}

func TestLinksInsideTheFolderAreFollowed(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/lib/tool.js": "tool"})
	p.link("lib/tool.js", "src/tool")
	p.link("lib", "src/modules")
	want := map[string]entry{"lib/tool.js": {"tool", 0o644}, "modules/tool.js": {"tool", 0o644}, "tool": {"tool", 0o644}}
	if got := p.entries(p.pack("src").File); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestALinkThatLeadsAstrayIsRefused(t *testing.T) {
	for _, tt := range []struct{ name, to, want string }{
		{"out of the folder", "../secret", "the link lib/link leads to ../secret, which is not in the folder"},
		{"to another place", "/etc/hostname", "leads to /etc/hostname"},
		{"nowhere", "missing", "leads to missing"},
		{"to where it lies", ".", "the link lib/link leads back to a folder that it lies in"},
		{"further up", "..", "leads back"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newProject(t)
			p.write(map[string]string{"secret": "", "src/index.js": "", "src/lib/a": ""})
			p.link(tt.to, "src/lib/link")
			if tt.name == "out of the folder" {
				tt.want = strings.Replace(tt.want, "../secret", "../../secret", 1)
				must(p, os.Remove(filepath.Join(p.folder, "src/lib/link")))
				p.link("../../secret", "src/lib/link")
			}
			if got := p.refuse("src", fault.Invalid); !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestALinkThatIsIgnoredMayLeadAnywhere(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": "", "src/.sluiceignore": "venv\n"})
	p.link("/usr/bin/python3-that-is-not-there", "src/venv")
	if got := p.packed("src"); !slices.Equal(got, []string{"index.js"}) {
		t.Errorf("%q", got)
	}
}

func TestANameWithABackslashIsRefused(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": "", `src/a\b`: ""})
	if got := p.refuse("src", fault.Invalid); !strings.Contains(got, `the name "a\\b" has a backslash`) {
		t.Error(got)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	p := newProject(t)
	p.write(map[string]string{"src/index.js": ""})
	t.Chdir(filepath.Join(p.folder, "src")) // a socket's path is short
	listener, err := net.Listen("unix", "socket")
	must(p, err)
	defer listener.Close()
	if got := p.refuse("src", fault.Invalid); !strings.Contains(got, "socket is neither a file nor a folder") {
		t.Error(got)
	}
}
