package wire

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/api/shape/cloudwatch"
)

// BenchmarkReadForm reads the largest PutMetricData that boto3's users send: 1 000 data with ten dimensions each.
func BenchmarkReadForm(b *testing.B) {
	var raw strings.Builder
	raw.WriteString("Action=PutMetricData&Namespace=n")
	for i := range 1000 {
		at := fmt.Sprintf("&MetricData.member.%d.", i+1)
		raw.WriteString(at + "MetricName=m" + at + "Value=1.5" + at + "Timestamp=2026-03-01T12%3A00%3A00Z")
		for k := range 10 {
			dimension := fmt.Sprintf("%sDimensions.member.%d.", at, k+1)
			raw.WriteString(dimension + "Name=d" + dimension + "Value=v")
		}
	}
	b.SetBytes(int64(raw.Len()))
	b.ReportAllocs()
	for b.Loop() {
		f, failed := parseForm(raw.String())
		if failed != nil {
			b.Fatal(failed)
		}
		var in cloudwatch.PutMetricDataInput
		if err := readForm(reflect.ValueOf(&in).Elem(), f); err != nil || len(in.MetricData) != 1000 {
			b.Fatalf("%d data, %v", len(in.MetricData), err)
		}
	}
}
