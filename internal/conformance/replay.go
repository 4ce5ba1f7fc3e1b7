package conformance

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"sluice/internal/client"
)

// Limits of a replay.
const (
	pollInterval = 20 * time.Millisecond // between two looks at a state
	waitLimit    = time.Minute           // for a state, and for a repeated step that does not say how long
)

// Replay sends the steps of a recording, in order, to a server on which nothing has been made yet, and returns where its
// answers differ from AWS's. The recordings' region is us-east-1 and their account 111111111111. A step that the recording
// says to repeat is not repeated for the sake of deviations that stay, as stays says of a step and a path; nil means that
// none does.
func Replay(ctx context.Context, r *Recording, to *client.Client, stays func(step int, path string) bool) []Deviation {
	if stays == nil {
		stays = func(int, string) bool { return false }
	}
	p := &replay{
		to:         to,
		compare:    newComparison(r, newBindings(r.Known)),
		parameters: parameters{started: time.Now().Truncate(time.Second)},
		protocol:   r.Protocol,
		stays:      stays,
	}
	var found []Deviation
	for i := range r.Steps {
		p.compare.found = nil
		p.step(ctx, &r.Steps[i])
		for _, d := range p.compare.found {
			d.File, d.Step = r.File, i
			found = append(found, d)
		}
	}
	return found
}

type replay struct {
	parameters
	to       *client.Client
	compare  *comparison
	protocol string // to CloudWatch; empty means any
	stays    func(step int, path string) bool
}

// step sends a step, compares, and keeps the answer for later ones.
func (p *replay) step(ctx context.Context, s *Step) {
	var kept any
	defer func() { p.answers = append(p.answers, kept) }()
	switch {
	case s.Paginate != nil:
		p.compare.deviate("step", "a call of an operation", "the replay does not make it")
	case s.HTTP != nil:
		kept = p.web(ctx, s)
	case s.Wait != "":
		kept = p.wait(ctx, s)
	default:
		kept = p.call(ctx, s)
	}
}

// call makes a step's call and compares. It returns the body of the last answer.
func (p *replay) call(ctx context.Context, s *Step) (kept any) {
	p.untilEqual(ctx, s, func() bool {
		a, sent, err := p.send(ctx, s)
		if err != nil {
			p.compare.deviate("step", "an answer", err.Error())
			return false
		}
		kept = a.body
		p.judge(s, a, sent)
		return true
	})
	return kept
}

// untilEqual tries a step, again and again if it says so, until nothing deviates that could be mended. What a try bound is
// forgotten before the next. A try that can't be repeated returns false.
func (p *replay) untilEqual(ctx context.Context, s *Step, try func() bool) {
	limit, repeats := patience(s.Retry)
	over := time.After(limit)
	for {
		mark := p.compare.mark()
		p.compare.found = nil
		if !try() || p.allStays() || !repeats || !pause(ctx, over) {
			return
		}
		p.compare.undo(mark)
	}
}

// allStays reports whether no deviation of the step is one that another try could mend.
func (p *replay) allStays() bool {
	step := len(p.answers)
	return !slices.ContainsFunc(p.compare.found, func(d Deviation) bool { return !p.stays(step, d.Path) })
}

// send makes a step's call. It returns the payload too, for checks that compare with it.
func (p *replay) send(ctx context.Context, s *Step) (*answer, any, error) {
	service, operation, ok := s.call()
	if !ok {
		return nil, nil, fmt.Errorf("the replay does not know how to wait for %s", s.Wait)
	}
	params, err := p.members(s.Params)
	if err != nil {
		return nil, nil, fmt.Errorf("prepare the parameters: %w", err)
	}
	c, err := newCall(service, operation, p.protocol, params)
	if err != nil {
		return nil, nil, err
	}
	a, err := c.send(ctx, p.to, s.Region)
	return a, string(payloadBytes(params["Payload"])), err
}

// judge compares an answer with what was recorded.
func (p *replay) judge(s *Step, a *answer, sent any) {
	c := p.compare
	if s.Status != 0 && s.Status != a.status {
		c.deviate("status", strconv.Itoa(s.Status), strconv.Itoa(a.status))
	}
	switch failing := s.Error != nil || s.ErrorSummary != nil; {
	case failing && a.failed == nil:
		c.deviate("error", "an error", "success with status "+strconv.Itoa(a.status))
		return
	case !failing && a.failed != nil:
		c.deviate("response", "success", show(a.failed))
		return
	}
	switch {
	case s.ErrorSummary != nil:
		p.judgeSummary(s.ErrorSummary, a.failed)
	case s.Error != nil:
		p.judgeError(s, a.failed)
	case s.Response != nil:
		body, _ := lookup(a.body, s.At)
		c.same("response", s.Response, body)
	}
	for _, check := range s.Checks {
		c.check("response", check, a.body, p.answers, sent)
	}
}

// judgeError compares an error. One without a status was recorded as code and message only.
func (p *replay) judgeError(s *Step, failed map[string]any) {
	want, _ := s.Error["Error"].(map[string]any)
	got := failed["Error"].(map[string]any)
	if len(want) == 1 {
		got = map[string]any{"Code": got["Code"]}
	}
	if want["Code"] == "*" {
		got["Code"] = "*"
	}
	if s.Status == 0 || len(want) == 1 {
		p.compare.same("error.Error", want, got)
		return
	}
	p.compare.same("error", s.Error, failed)
}

func (p *replay) judgeSummary(want *ErrorSummary, failed map[string]any) {
	code, count, constraints := summarize(failed)
	c := p.compare
	c.same("error.Code", want.Code, code)
	if want.Count != 0 && want.Count != count {
		c.deviate("error.Count", strconv.Itoa(want.Count), strconv.Itoa(count))
	}
	c.set("error.Errors", want.Errors, constraints)
}

// patience is how long a step is repeated.
func patience(retry any) (limit time.Duration, repeats bool) {
	if seconds, ok := number(retry); ok {
		return time.Duration(seconds * float64(time.Second)), true
	}
	return waitLimit, retry == true
}

// pause waits between two tries. It returns false when there is no time for another.
func pause(ctx context.Context, over <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-over:
		return false
	case <-time.After(pollInterval):
		return true
	}
}

// succeeded reports whether a status is one of a success.
func succeeded(status int) bool { return status < http.StatusMultipleChoices }
