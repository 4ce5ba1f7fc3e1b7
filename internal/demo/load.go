package demo

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"sluice/internal/client"
)

const (
	callers = 8
	pace    = 25 * time.Millisecond // between the calls of one caller: 320 requests a second in all
)

// load calls the alias steadily until the context ends, and waits for the last answers.
func load(ctx context.Context, c *client.Client, path string, tally *tally) {
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			ticker := time.NewTicker(pace)
			defer ticker.Stop()
			for n := i; ; n++ {
				select {
				case <-ctx.Done():
					return
				case <-ticker.C:
					tally.add(call(c, path))
				}
			}
		})
	}
	wg.Wait()
}

// call makes one request. It is not cut off when the load ends: a request that was sent is answered and counted.
func call(c *client.Client, path string) answer {
	r, err := c.Request(context.Background(), "lambda", http.MethodPost, path, nil, []byte(`{}`))
	if err != nil {
		return answer{failed: true}
	}
	began := time.Now()
	response, err := c.HTTP.Do(r)
	if err != nil {
		return answer{failed: true}
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	weight, _ := strconv.ParseFloat(response.Header.Get("X-Sluice-Weight"), 64) // absent: no split
	return answer{
		failed:  err != nil || response.StatusCode != http.StatusOK || response.Header.Get("X-Amz-Function-Error") != "",
		version: response.Header.Get("X-Amz-Executed-Version"),
		weight:  weight,
		took:    time.Since(began),
	}
}
