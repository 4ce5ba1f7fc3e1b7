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

// refused are operations that read what they are asked for and always refuse it, in a text that says what is missing here.
var refused = map[string][]string{
	"Lambda": {"CreateEventSourceMapping"},
}

// shadowed are operations that come to the same address as another, which answers in their place.
var shadowed = map[string][]string{"S3": {"ListDirectoryBuckets"}}

// withoutEffect are operations that keep what they are given, and show it, and change nothing. The document says so
// where it speaks of their services.
var withoutEffect = map[string][]string{
	"Lambda": {"GetRuntimeManagementConfig", "PutRuntimeManagementConfig"},
	"S3": {
		"DeleteBucketCors", "DeleteBucketEncryption", "DeleteBucketLifecycle", "DeleteBucketOwnershipControls", "DeleteBucketPolicy",
		"DeletePublicAccessBlock", "GetBucketCors", "GetBucketEncryption", "GetBucketLifecycle", "GetBucketLifecycleConfiguration",
		"GetBucketLogging", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketRequestPayment",
		"GetPublicAccessBlock", "PutBucketCors", "PutBucketEncryption", "PutBucketLifecycle", "PutBucketLifecycleConfiguration",
		"PutBucketLogging", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketRequestPayment", "PutPublicAccessBlock",
	},
}

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
	slices.SortStableFunc(covered, func(a, b conformance.Coverage) int { // what is not there at all comes last
		return min(len(b.Answered), 1) - min(len(a.Answered), 1)
	})
	for _, c := range covered {
		works := without(c.Answered, shadowed[c.Service], withoutEffect[c.Service], refused[c.Service])
		if len(works)+len(shadowed[c.Service])+len(withoutEffect[c.Service])+len(refused[c.Service]) != len(c.Answered) {
			t.Errorf("of %s more is listed than %v, which it answers", c.Service, c.Answered)
		}
		row(&out, c.Service, "works", works)
		row(&out, c.Service, "kept without effect", withoutEffect[c.Service])
		row(&out, c.Service, "always refused", refused[c.Service])
		row(&out, c.Service, "not implemented", slices.Sorted(slices.Values(slices.Concat(c.Missing, shadowed[c.Service]))))
	}
	out.WriteString("\n")
	return out.String()
}

func without(names []string, lists ...[]string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(lists, func(list []string) bool { return slices.Contains(list, name) })
	})
}

func row(out *strings.Builder, service, answer string, operations []string) {
	if len(operations) > 0 {
		fmt.Fprintf(out, "| %s | %s (%d) | %s |\n", service, answer, len(operations), strings.Join(operations, ", "))
	}
}
