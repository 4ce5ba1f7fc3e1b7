package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/function"
)

// folders are the names of what lies beside unpacked code.
func (r *rig) folders(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(r.Host.code.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (r *rig) codeOf(t testing.TB, v *function.Version) string {
	t.Helper()
	return filepath.Join(r.Host.code.dir, must(folderName([]string{v.Code.SHA256})))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestCodeThatNobodyUsesIsRemoved(t *testing.T) {
	t.Run("with its version, and its bytecode", func(t *testing.T) {
		needInterpreter(t, "python3")
		r := newRig(t, nil)
		r.Host.code.keep = 0
		p := python(t, r, "def handler(event, context): return 1")
		ask(t, p, `{}`)
		if names := r.folders(t); len(names) != 2 {
			t.Errorf("while it runs there are %q", names)
		}
		p.Retire()
		eventually(t, "nothing is left", func() bool { return len(r.folders(t)) == 0 })
	})
	t.Run("when the last of two versions ends", func(t *testing.T) {
		r := newRig(t, nil)
		r.Host.code.keep = 0
		v := r.custom(t, "h")
		first, second := r.Pool(v), r.Pool(v)
		ask(t, first, `1`)
		ask(t, second, `1`)
		first.Retire()
		eventually(t, "the first has ended", func() bool { all, _ := size(first); return all == 0 })
		ask(t, second, `1`)
		if !exists(r.codeOf(t, v)) {
			t.Error("the code is gone that the second uses")
		}
		second.Retire()
		eventually(t, "nothing is left", func() bool { return len(r.folders(t)) == 0 })
	})
	t.Run("not while a call runs", func(t *testing.T) {
		r := newRig(t, nil)
		r.Host.code.keep = 0
		v := r.custom(t, "h")
		p := r.Pool(v)
		release := occupy(t, r, p, 1)
		p.Retire()
		if !exists(r.codeOf(t, v)) {
			t.Error("the code is gone")
		}
		release()
		eventually(t, "nothing is left", func() bool { return len(r.folders(t)) == 0 })
	})
	t.Run("and unpacked again for the next call", func(t *testing.T) {
		r := newRig(t, nil)
		r.Host.code.keep = 0
		v := r.custom(t, "h")
		p := r.Pool(v)
		for range 2 {
			wantOutcome(t, ask(t, p, `1`), false, `1`)
			p.(*pool).release(func(*environment) bool { return true })
			eventually(t, "nothing is left", func() bool { return len(r.folders(t)) == 0 })
		}
	})
}

func TestUnusedCodeIsRemovedByItsLastUseWhenItIsTooMuch(t *testing.T) {
	r := newRig(t, nil)
	r.Host.code.keep = 3 * block
	sums := map[string]string{}
	for _, name := range []string{"a", "b", "c"} { // each one block and some bytes
		sums[name] = r.code.put(t, zipped(t, map[string]string{name: "x"}))
	}
	for _, name := range []string{"a", "b", "a", "c"} {
		if err := r.Unpack(t.Context(), sums[name]); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]bool{"a": true, "b": false, "c": true}
	eventually(t, "two are left", func() bool { return len(r.folders(t)) == 2 })
	for name, there := range want {
		if path := filepath.Join(r.Host.code.dir, must(folderName([]string{sums[name]}))); exists(path) != there {
			t.Errorf("%s is there: %v", name, !there)
		}
	}
}

// A caller who leaves while the code is unpacked uses it no longer.
func TestACallerWhoLeavesUsesNoCode(t *testing.T) {
	r := newRig(t, nil)
	r.Host.code.keep = 0
	name := must(folderName([]string{r.custom(t, "h").Code.SHA256}))
	first, _ := r.Host.code.join(name) // and is not done
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Host.code.use(ctx, r.custom(t, "h").Code.SHA256); !errors.Is(err, context.Canceled) {
		t.Errorf("use = %v", err)
	}
	if first.users != 1 {
		t.Errorf("%d users are left", first.users)
	}
	close(first.done)
}
