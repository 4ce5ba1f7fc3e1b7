package cloudwatch

import (
	"reflect"
	"testing"
	"time"

	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/metric"

	"pgregory.net/rapid"
)

// valued makes a line of values a second apart.
func valued(id string, values ...float64) dataLine {
	l := dataLine{id: id}
	for i, v := range values {
		l.points = append(l.points, metric.Point{Time: time.Unix(int64(i), 0), Value: v})
	}
	return l
}

func TestPagesJoinToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []dataLine
		want := map[string][]float64{}
		ascending := rapid.Bool().Draw(t, "ascending")
		for i := range rapid.IntRange(0, 5).Draw(t, "lines") {
			l := valued(string(rune('a'+i)), rapid.SliceOfN(rapid.Float64Range(0, 9), 0, 7).Draw(t, "values")...)
			lines = append(lines, l)
			whole, _, _ := dataPage{limit: 100, ascending: ascending}.cut([]dataLine{l})
			want[l.id] = whole[0].Values
		}
		limit := rapid.IntRange(1, 9).Draw(t, "limit")
		got := map[string][]float64{}
		complete := map[string]bool{}
		page := dataPage{limit: limit, ascending: ascending}
		for range 100 {
			results, next, err := page.cut(lines)
			if err != nil {
				t.Fatal(err)
			}
			given := 0
			for _, r := range results {
				given += len(r.Values)
				got[*r.Id] = append(got[*r.Id], r.Values...)
				complete[*r.Id] = *r.StatusCode == "Complete"
			}
			if given > limit || next != nil && given != limit {
				t.Fatalf("a page of %d where %d are allowed", given, limit)
			}
			if next == nil {
				break
			}
			page = dataPage{limit: limit, ascending: ascending}
			if err := readToken(dataPages, next, &page); err != nil {
				t.Fatal(err)
			}
		}
		for id, values := range want {
			if len(values)+len(got[id]) > 0 && !reflect.DeepEqual(got[id], values) || !complete[id] {
				t.Fatalf("%s came as %v, complete %v; want %v", id, got[id], complete[id], values)
			}
		}
	})
}

func TestAPageGoesOnBehindItsLastPointWhateverCameMeanwhile(t *testing.T) {
	lines := []dataLine{valued("a", 0, 1, 2, 3)}
	_, next, err := dataPage{limit: 2}.cut(lines) // gives 3 and 2
	if err != nil {
		t.Fatal(err)
	}
	page := dataPage{limit: 9}
	if err := readToken(dataPages, next, &page); err != nil {
		t.Fatal(err)
	}
	results, _, err := page.cut([]dataLine{valued("a", 0, 1, 2, 3, 4, 5)})
	if want := []float64{1, 0}; err != nil || !reflect.DeepEqual(results[0].Values, want) {
		t.Errorf("the second page has %v, %v; want %v", results[0].Values, err, want)
	}
}

func TestATokenOfAnotherRequestDoesNoHarm(t *testing.T) {
	for _, line := range []int{-5, 7, 1 << 40} {
		results, next, err := dataPage{Line: line, limit: 3}.cut([]dataLine{valued("a", 1)})
		if err != nil || next != nil || len(results) > 1 {
			t.Errorf("line %d: %v, %v, %v", line, results, next, err)
		}
	}
}

func TestReadPageBounds(t *testing.T) {
	for limit, ok := range map[int64]bool{-1: false, 0: false, 1: true, maxPageSize: true, maxPageSize + 1: false} {
		if _, err := readPage(&shape.GetMetricDataInput{MaxDatapoints: &limit}); (err == nil) != ok {
			t.Errorf("MaxDatapoints %d: %v", limit, err)
		}
	}
}
