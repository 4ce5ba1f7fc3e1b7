package search_test

import (
	"fmt"

	"sluice/internal/metric"
	"sluice/internal/metric/search"
)

func ExampleParse() {
	q, err := search.Parse(`{AWS/Lambda,FunctionName} MetricName="Errors" NOT canary`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"calculator", "calculator-canary"} {
		id := metric.ID{Namespace: "AWS/Lambda", Name: "Errors", Dimensions: []metric.Dimension{{Name: "FunctionName", Value: name}}}
		fmt.Println(name, q.Match(id))
	}
	// Output:
	// calculator true
	// calculator-canary false
}
