package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/client"
	"sluice/internal/demo"
	"sluice/internal/server"
)

const role = "arn:aws:iam::000000000000:role/bench"

type object map[string]any

// instance is a Sluice server under test.
type instance struct {
	*process
	client *client.Client
	data   string
}

func startSluice(ctx context.Context, t tools, data string, flags ...string) (*instance, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, address, t.sluice, append([]string{"up", "--listen", address, "--data", data}, flags...)...)
	if err != nil {
		return nil, err
	}
	// The server listens first and opens its records then: the first answer says that all is there.
	if err := awaitHealth(ctx, p, "http://"+address+"/_sluice/health"); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	found, err := server.FindAddress(ctx, data)
	if err != nil {
		return nil, errors.Join(err, p.stop())
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	return &instance{p, &client.Client{URL: "http://" + address, Key: found.Key, HTTP: &http.Client{Transport: transport}}, data}, nil
}

func awaitHealth(ctx context.Context, p *process, url string) error {
	began := time.Now()
	r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	p.ready += time.Since(began)
	return answer.Body.Close()
}

// createWeighted makes a function with two versions of the handler and an alias that splits them nine to one, and
// returns a signed request for the alias.
func (s *instance) createWeighted(ctx context.Context, t tools, body []byte) (*http.Request, error) {
	program, err := os.ReadFile(t.handler)
	if err != nil {
		return nil, err
	}
	if err := s.create(ctx, "bench", program); err != nil {
		return nil, err
	}
	path := "/2015-03-31/functions/bench"
	for _, step := range []struct {
		method, path string
		body         object
	}{
		{"POST", path + "/versions", object{}},
		{"PUT", path + "/configuration", object{"Description": "second"}},
		{"POST", path + "/versions", object{}},
		{"POST", path + "/aliases", object{"Name": "live", "FunctionVersion": "1",
			"RoutingConfig": object{"AdditionalVersionWeights": object{"2": 0.1}}}},
	} {
		if _, err := s.client.Lambda(ctx, step.method, step.path, step.body, nil); err != nil {
			return nil, err
		}
	}
	return s.client.Request(ctx, "lambda", "POST", path+":live/invocations", nil, body)
}

func (s *instance) create(ctx context.Context, name string, program []byte) error {
	code, err := demo.Package(program)
	if err != nil {
		return err
	}
	_, err = s.client.Lambda(ctx, "POST", "/2015-03-31/functions", object{
		"FunctionName": name, "Runtime": "provided.al2023", "Handler": "bootstrap", "Role": role,
		"Code": object{"ZipFile": code},
	}, nil)
	return err
}

// cycles runs update-code, publish, move-alias over and over, each worker on a function of its own, and returns how
// many cycles a second were answered. Each code is another one, so each cycle stores a package and a version.
func (s *instance) cycles(ctx context.Context, workers int, length time.Duration) (float64, error) {
	var done atomic.Int64
	errs := make([]error, workers)
	for i := range workers {
		name := fmt.Sprintf("cycle-%d-%d", workers, i)
		if err := s.create(ctx, name, []byte("#!/bin/sh\n")); err != nil {
			return 0, err
		}
		path := "/2015-03-31/functions/" + name
		if _, err := s.client.Lambda(ctx, "POST", path+"/versions", object{}, nil); err != nil {
			return 0, err
		}
		if _, err := s.client.Lambda(ctx, "POST", path+"/aliases", object{"Name": "live", "FunctionVersion": "1"}, nil); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() {
			for n := 0; time.Since(began) < length && errs[i] == nil; n++ {
				errs[i] = s.cycle(ctx, fmt.Sprintf("/2015-03-31/functions/cycle-%d-%d", workers, i), fmt.Sprintf("#!/bin/sh\n# %d-%d\n", i, n))
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), errors.Join(errs...)
}

func (s *instance) cycle(ctx context.Context, path, program string) error {
	code, err := demo.Package([]byte(program))
	if err != nil {
		return err
	}
	if _, err := s.client.Lambda(ctx, "PUT", path+"/code", object{"ZipFile": code}, nil); err != nil {
		return err
	}
	var published struct{ Version string }
	if _, err := s.client.Lambda(ctx, "POST", path+"/versions", object{}, &published); err != nil {
		return err
	}
	_, err = s.client.Lambda(ctx, "PUT", path+"/aliases/live", object{"FunctionVersion": published.Version}, nil)
	return err
}
