package resource_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/stack"
)

const document = "../../../docs/aws-compatibility.md"

// The types stand between these lines of the document.
const (
	typesBegin = "<!-- resource types: written by make generate -->\n"
	typesEnd   = "<!-- end of the resource types -->\n"
)

func TestTheDocumentShowsTheTypes(t *testing.T) {
	content, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(content), typesBegin)
	shown, after, ends := strings.Cut(rest, typesEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place for the resource types", document)
	}
	want := typeTable(resourcetest.InRegion(t, 60).Provider.Types())
	if shown == want {
		return
	}
	if !*update {
		t.Fatal("the resource types in the document are not what the provider has: run make generate")
	}
	if err := os.WriteFile(document, []byte(before+typesBegin+want+typesEnd+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

func typeTable(types []*stack.Schema) string {
	var b strings.Builder
	b.WriteString("\n| type | `Fn::GetAtt` | properties that replace it | properties kept without effect |\n|---|---|---|---|\n")
	for _, each := range types {
		var replacing, kept []string
		for name, p := range each.Properties {
			if p.Replaces {
				replacing = append(replacing, name)
			}
			if p.Kept {
				kept = append(kept, name)
			}
		}
		slices.Sort(replacing)
		slices.Sort(kept)
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", each.Type, strings.Join(each.Attributes, ", "), strings.Join(replacing, ", "), strings.Join(kept, ", "))
	}
	b.WriteString("\n")
	return b.String()
}
