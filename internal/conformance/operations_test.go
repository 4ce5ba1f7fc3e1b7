package conformance_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sluice/internal/conformance"
)

var update = flag.Bool("update", false, "write the operations into the document")

const document = "../../docs/aws-compatibility.md"

// withoutEffect are operations that keep what they are given, and show it, and change nothing. The document says so
// where it speaks of their services.
var withoutEffect = map[string][]string{}

// The operations stand between these lines of the document.
const (
	tableBegins = "<!-- operations: written by make generate -->\n"
	tableEnds   = "<!-- end of the operations -->\n"
)

func TestTheDocumentShowsTheOperations(t *testing.T) {
	covered, err := conformance.Cover(t.Context(), start(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(content), tableBegins)
	shown, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		t.Fatalf("%s has no place for the operations", document)
	}
	want := operationTable(t, covered)
	if shown == want {
		return
	}
	if !*update {
		t.Fatalf("%s does not show what the server does: run `make generate`", document)
	}
	if err := os.WriteFile(document, []byte(before+tableBegins+want+tableEnds+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// operationTable writes a table with a row for each service and kind of answer.
func operationTable(t *testing.T, covered []conformance.Coverage) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("\n| service | answer | operations |\n|---|---|---|\n")
	for _, c := range covered {
		var works, kept []string
		for _, name := range c.Answered {
			if slices.Contains(withoutEffect[c.Service], name) {
				kept = append(kept, name)
			} else {
				works = append(works, name)
			}
		}
		if len(kept) != len(withoutEffect[c.Service]) {
			t.Errorf("of %v, %s answers %v alone", withoutEffect[c.Service], c.Service, kept)
		}
		row(&out, c.Service, "works", works)
		row(&out, c.Service, "kept without effect", kept)
		row(&out, c.Service, "not implemented", c.Missing)
	}
	out.WriteString("\n")
	return out.String()
}

func row(out *strings.Builder, service, answer string, operations []string) {
	if len(operations) > 0 {
		fmt.Fprintf(out, "| %s | %s (%d) | %s |\n", service, answer, len(operations), strings.Join(operations, ", "))
	}
}
