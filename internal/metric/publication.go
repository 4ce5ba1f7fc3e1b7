package metric

import (
	"slices"
	"time"

	"sluice/internal/function"
)

// What AWS/Lambda metrics are named by. Sources: Lambda Developer Guide, "Types of metrics for Lambda functions"; the
// dimension sets also AWS SAM, "safe_lambda_deployments".
const (
	invocationNamespace = "AWS/Lambda"
	functionDimension   = "FunctionName"
	resourceDimension   = "Resource"
	executedDimension   = "ExecutedVersion"

	counted = "Count"
	timed   = "Milliseconds"
)

// dimensionSets lists what a series is published under. ConcurrentExecutions has only the first two.
func dimensionSets(key Key) [][]Dimension {
	sets := functionSets(key.Function, key.Qualifier)
	if named(key.Qualifier) {
		sets = append(sets, append(slices.Clone(sets[2]), Dimension{executedDimension, key.Executed.String()}))
	}
	return sets
}

// functionSets are the dimensions of all functions, of one, and of one as callers ask for it.
func functionSets(id function.ID, qualifier string) [][]Dimension {
	name := Dimension{functionDimension, id.Name}
	resource := Dimension{resourceDimension, id.Name}
	if qualifier != "" {
		resource.Value += ":" + qualifier
	}
	return [][]Dimension{nil, {name}, {name, resource}}
}

// named reports whether a qualifier is an alias.
func named(qualifier string) bool {
	_, numeric := function.ParseNumber(qualifier)
	return qualifier != "" && !numeric
}

// publication turns stints into data.
type publication struct {
	grid       grid
	data       []Datum
	concurrent map[moment]map[function.ID]int
	claims     map[moment]accountClaim
}

// accountClaim is how much of an account's concurrency is in use: by functions without a reservation, and in all.
type accountClaim struct{ unreserved, claimed int }

// moment is a second of the cloud in a scope.
type moment struct {
	function.Scope
	slot int64
}

func (p *publication) add(c *cell, s *stint) {
	for _, dimensions := range c.sets {
		p.addSet(c.key.Function.Scope, dimensions, s)
	}
	if s.Claimed > 0 {
		at := moment{c.key.Function.Scope, s.slot}
		claim := p.claims[at]
		p.claims[at] = accountClaim{max(claim.unreserved, s.Unreserved), max(claim.claimed, s.Claimed)}
	}
	if s.Concurrent > 0 {
		at := moment{c.key.Function.Scope, s.slot}
		if p.concurrent[at] == nil {
			p.concurrent[at] = map[function.ID]int{}
		}
		p.concurrent[at][c.key.Function] = max(p.concurrent[at][c.key.Function], s.Concurrent)
	}
}

// addSet publishes a stint under one set of dimensions. Errors and Throttles are there with 0 for each call that was
// none (seen on AWS), so that their average is a rate; a call that was throttled counts as nothing else.
func (p *publication) addSet(scope function.Scope, dimensions []Dimension, s *stint) {
	put := func(name, unit string) *Datum {
		p.data = append(p.data, Datum{
			ID:   ID{Scope: scope, Namespace: invocationNamespace, Name: name, Dimensions: dimensions},
			Time: p.time(s.slot), Unit: unit, Fine: true,
		})
		return &p.data[len(p.data)-1]
	}
	if s.Invocations > 0 {
		put("Invocations", counted).values(1, s.Invocations, 0, 0)
		put("Errors", counted).values(0, s.Invocations-s.Errors, 1, s.Errors)
		put("Duration", timed).durations(s)
	}
	put("Throttles", counted).values(0, s.Invocations, 1, s.Throttles)
	if s.Provisioned+s.Spilled > 0 {
		s.publishProvisioned(len(dimensions), put)
	}
}

// publishProvisioned publishes what a version with provisioned concurrency did. The utilization is that of a version or an
// alias (Lambda Developer Guide, "Monitoring concurrency").
func (s *stint) publishProvisioned(dimensions int, put func(name, unit string) *Datum) {
	put("ProvisionedConcurrencyInvocations", counted).values(1, s.Provisioned, 0, s.Spilled)
	put("ProvisionedConcurrencySpilloverInvocations", counted).values(1, s.Spilled, 0, s.Provisioned)
	if dimensions > 0 {
		put("ProvisionedConcurrentExecutions", counted).values(float64(s.Covered), 1, 0, 0)
	}
	if dimensions > 1 {
		put("ProvisionedConcurrencyUtilization", "None").values(s.Utilization, 1, 0, 0)
	}
}

// values sets how often each of two values was measured.
func (d *Datum) values(a float64, n int64, b float64, m int64) {
	if n > 0 {
		d.Values, d.Counts = append(d.Values, a), append(d.Counts, float64(n))
	}
	if m > 0 {
		d.Values, d.Counts = append(d.Values, b), append(d.Counts, float64(m))
	}
}

func (d *Datum) durations(s *stint) {
	d.Summary = &Summary{
		Count: float64(s.Invocations), Sum: milliseconds(s.DurationSum),
		Min: milliseconds(s.DurationMin), Max: milliseconds(s.DurationMax),
	}
	if s.DurationMin == s.DurationMax {
		return
	}
	for i, n := range s.durations.counts {
		if n > 0 {
			d.Values, d.Counts = append(d.Values, middle(s.durations.first+i)), append(d.Counts, float64(n))
		}
	}
}

// finish adds how many calls ran at once, of each function and of all: the sum of the functions' greatest numbers, since
// nobody counts all of them together.
func (p *publication) finish() []Datum {
	for at, functions := range p.concurrent {
		var all int
		for id, n := range functions {
			all += n
			p.addConcurrent(at, "ConcurrentExecutions", []Dimension{{functionDimension, id.Name}}, n)
		}
		p.addConcurrent(at, "ConcurrentExecutions", nil, all)
	}
	for at, claim := range p.claims {
		p.addConcurrent(at, "UnreservedConcurrentExecutions", nil, claim.unreserved)
		p.addConcurrent(at, "ClaimedAccountConcurrency", nil, claim.claimed)
	}
	return p.data
}

func (p *publication) addConcurrent(at moment, name string, dimensions []Dimension, n int) {
	p.data = append(p.data, Datum{
		ID:   ID{Scope: at.Scope, Namespace: invocationNamespace, Name: name, Dimensions: dimensions},
		Time: p.time(at.slot), Unit: counted, Fine: true, Values: []float64{float64(n)},
	})
}

func (p *publication) time(slot int64) time.Time { return time.Unix(0, p.grid.start(seconds, slot)) }
