package expression_test

import (
	"context"
	"fmt"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

func ExampleCompile() {
	set, err := expression.Compile([]expression.Item{
		{ID: "errors", Period: time.Minute, Hidden: true},
		{ID: "calls", Period: time.Minute, Hidden: true},
		{ID: "rate", Expression: "100 * FILL(errors, 0) / calls"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	results, _ := set.Evaluate(context.Background(), expression.Data{
		Points: map[string][]metric.Point{
			"errors": {{Time: noon, Value: 5}},
			"calls":  {{Time: noon, Value: 50}, {Time: noon.Add(time.Minute), Value: 20}},
		},
		From: noon, To: noon.Add(3 * time.Minute),
	})
	for _, p := range results[0].Lines[0].Points {
		fmt.Println(p.Time.Format("15:04"), p.Value)
	}
	// Output:
	// 12:00 10
	// 12:01 0
}

func ExampleParse() {
	fmt.Println(expression.Parse("m1 / (m2"))
	// Output: Invalid syntax at character 9: expected ')', found the end
}
