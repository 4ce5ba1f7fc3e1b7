package desk

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Hide says what of answers changes from run to run.
type Hide struct {
	Made  *regexp.Regexp            // what the server made up, in its last group: it is named by its order
	Other map[*regexp.Regexp]string // what is replaced by a text, in which ${1} is a group; no two may overlap
}

// record is what was asked and answered.
type record struct {
	hide    Hide
	replies strings.Builder
	ids     []string // that the server made up, in the order in which they were seen
}

// Record makes a call whose whole answer is to be looked at.
func (d *Desk) Record(method, path string, body any) (out Object) {
	d.T.Helper()
	status, answer, _ := d.Ask(method, path, body)
	d.record.note(answer)
	asked, err := json.Marshal(body)
	if err != nil {
		d.T.Fatal(err)
	}
	fmt.Fprintf(&d.record.replies, "== %s %s %s: %d\n%s\n", method, d.record.hidden(path), d.record.hidden(string(asked)), status, d.record.shown(answer))
	_ = json.Unmarshal([]byte(answer), &out) // not all answers are objects
	return out
}

// Known names what the server made up before anything was recorded.
func (d *Desk) Known(ids ...any) {
	for _, id := range ids {
		d.record.ids = append(d.record.ids, fmt.Sprint(id))
	}
}

// note remembers what the server made up.
func (r *record) note(answer string) {
	for _, found := range r.hide.Made.FindAllStringSubmatch(answer, -1) {
		if id := found[len(found)-1]; !slices.Contains(r.ids, id) {
			r.ids = append(r.ids, id)
		}
	}
}

func (r *record) hidden(text string) string {
	for i, id := range r.ids {
		text = strings.ReplaceAll(text, id, fmt.Sprintf("ID%d", i+1))
	}
	return text
}

// shown is an answer as a golden file has it: JSON is indented.
func (r *record) shown(answer string) string {
	for form, text := range r.hide.Other {
		answer = form.ReplaceAllString(answer, text)
	}
	var tidy bytes.Buffer
	if json.Indent(&tidy, []byte(answer), "", " ") == nil {
		answer = tidy.String()
	}
	return r.hidden(answer)
}

// Compare looks at all that was recorded, in testdata; the flag -update writes it anew.
func (d *Desk) Compare(golden string) {
	d.T.Helper()
	golden = filepath.Join("testdata", golden)
	got := d.record.replies.String()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			d.T.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != got {
		d.T.Errorf("%v; the answers are\n%s", err, got)
	}
}
