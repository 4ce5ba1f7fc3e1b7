package conformance_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// place is where an answer deviates.
type place struct {
	File string // of the recording
	Step int
	Path string
}

// known lists each deviation from the recordings that stays, with its reason. docs/aws-compatibility.md shows the list.
var known = []struct {
	place
	Reason string
}{
	{
		place{"logs/TestCloudWatchLogsInsightsQueries.test_start_query_log_group_not_found", 0, "error.Error.Message"},
		"the message repeats the request's ID, which is the answer's own here too",
	},
}

func TestTheDocumentShowsTheKnownDeviations(t *testing.T) {
	text, err := os.ReadFile("../../docs/aws-compatibility.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n### In the recordings\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, table, found := strings.Cut(section, "|---|---|---|---|\n")
	if !found {
		t.Fatal("the document has no table of the deviations from the recordings")
	}
	var shown, want []string
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "|") {
			shown = append(shown, strings.TrimSpace(line))
		}
	}
	for _, k := range known {
		want = append(want, fmt.Sprintf("| %s | %d | `%s` | %s |", k.File, k.Step, k.Path, k.Reason))
	}
	if !slices.Equal(shown, want) {
		t.Errorf("the document shows\n%s\nand known is\n%s", strings.Join(shown, "\n"), strings.Join(want, "\n"))
	}
}
