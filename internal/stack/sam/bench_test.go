package sam

import (
	"os"
	"path/filepath"
	"testing"

	"sluice/internal/stack/template"
)

// BenchmarkCases transforms all cases, parsed before. One operation is all of them.
func BenchmarkCases(b *testing.B) {
	paths, err := filepath.Glob("testdata/input/*.yaml")
	if err != nil || len(paths) == 0 {
		b.Fatalf("no cases: %v", err)
	}
	var templates []*template.Template
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		parsed, err := template.Parse(string(text))
		if err != nil {
			continue
		}
		templates = append(templates, parsed)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, parsed := range templates {
			_, _ = Transform(parsed.Tree, caseOptions(parsed)) // some are there to fail
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(templates)), "ns/template")
}
