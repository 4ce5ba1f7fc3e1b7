package sam

import (
	"testing"

	"sluice/internal/stack/template"
)

// BenchmarkCases transforms all cases, parsed before. One operation is all of them.
func BenchmarkCases(b *testing.B) {
	var templates []*template.Template
	for _, path := range inputs(b, "testdata") {
		templates = append(templates, parse(b, path))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, parsed := range templates {
			_, _ = Transform(parsed.Tree, caseOptions(parsed)) // some are there to fail
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(templates)), "ns/template")
}
