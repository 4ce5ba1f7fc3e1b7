package metricfile_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"sluice/internal/metric"
	"sluice/internal/metricfile"
)

func Example() {
	dir, _ := os.MkdirTemp("", "metrics")
	defer os.RemoveAll(dir)
	id := metric.ID{Namespace: "shop", Name: "orders"}
	minute := time.Now().Truncate(time.Minute)
	for range 3 { // each time a server's life
		journal, _ := metricfile.Open(dir, nil)
		metrics := metric.NewService(metric.Config{Journal: journal})
		_ = metrics.Start(context.Background())
		_ = metrics.Put(context.Background(), []metric.Datum{{ID: id, Time: minute, Values: []float64{5}}})
		points, _ := metrics.Points(context.Background(), metric.Query{
			ID: id, Statistic: metric.Sum, Period: time.Minute, From: minute, To: minute.Add(time.Minute),
		})
		fmt.Println(points[0].Value)
		_ = metrics.Close()
		_ = journal.Close()
	}
	// Output:
	// 5
	// 10
	// 15
}
