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
	pace    = 27 * time.Millisecond // between the calls of one caller: 296 requests a second in all
)

// load calls the alias steadily until the context ends, and waits for the last answers.
func load(ctx context.Context, c *client.Client, path string, tally *tally) {
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			next := time.NewTimer(time.Duration(i) * pace / callers) // one after the other, not in bursts
			defer next.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-next.C:
					next.Reset(pace)
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
		sent:    began,
		took:    time.Since(began),
	}
}
