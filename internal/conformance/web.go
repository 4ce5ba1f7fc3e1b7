package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/client"
)

// WebRequest is a request that is no API call: to a function URL or to a stage of an API.
type WebRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"` // its host becomes the Host that the server under test sees
	Headers map[string]string `json:"headers"`
	Body    any               `json:"body"`
}

// web sends a step's request and compares the answer, until they are equal or the step has no patience left. It returns
// what later steps and checks see.
func (p *replay) web(ctx context.Context, s *Step) (kept any) {
	resolved, err := p.resolve(s.HTTP.Body)
	if err != nil {
		p.compare.deviate("step", "a request", fmt.Sprintf("prepare the body: %v", err))
		return nil
	}
	body := payloadBytes(resolved)
	p.untilEqual(ctx, s, func() bool {
		page, err := p.visit(ctx, s.HTTP, body)
		if err != nil {
			p.compare.deviate("step", "an answer", err.Error())
			return false
		}
		kept = page.seen()
		p.judgeWeb(s, page)
		for _, check := range s.Checks {
			p.compare.check("response", check, kept, p.answers, string(body))
		}
		return true
	})
	return kept
}

// page is the answer to a visit.
type page struct {
	status int
	header http.Header
	body   string
}

// visit sends a request to the server under test and returns the whole answer.
func (p *replay) visit(ctx context.Context, w *WebRequest, body []byte) (*page, error) {
	request, err := webRequest(ctx, p.to, w, dereferenced(w.URL, p.answers), body)
	if err != nil {
		return nil, err
	}
	for name, value := range w.Headers {
		if strings.EqualFold(name, "User-Agent") { // or net/http would send one of its own besides
			name = "User-Agent"
		}
		request.Header[name] = []string{dereferenced(value, p.answers)} // as it is spelled: functions see that
	}
	response, err := sender(p.to).Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return &page{response.StatusCode, response.Header, string(content)}, err
}

// webRequest writes a request for one host that goes to the server under test. It names no content type: an empty one
// would say that there is one.
func webRequest(ctx context.Context, to *client.Client, w *WebRequest, address string, body []byte) (*http.Request, error) {
	asked, err := url.Parse(address)
	if err != nil || asked.Host == "" {
		return nil, fmt.Errorf("%q is no URL", address)
	}
	server, err := url.Parse(to.URL)
	if err != nil {
		return nil, err
	}
	host := asked.Host
	asked.Scheme, asked.Host = server.Scheme, server.Host
	request, err := http.NewRequestWithContext(ctx, w.Method, asked.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Host = host
	return request, nil
}

func dereferenced(text string, answers []any) string { return plainText(dereference(text, answers)) }

// judgeWeb compares status, the headers that the recording names, and the body.
func (p *replay) judgeWeb(s *Step, got *page) {
	c := p.compare
	if s.Status != 0 && s.Status != got.status {
		c.deviate("status", strconv.Itoa(s.Status), strconv.Itoa(got.status))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Headers)) {
		values := got.header.Values(name)
		if len(values) == 0 {
			c.deviate("headers."+name, c.show(s.Headers[name]), absent)
			continue
		}
		c.same("headers."+name, s.Headers[name], values[0])
	}
	if s.Body != nil {
		c.same("body", s.Body, got.body)
	}
}

// seen is an answer as references and checks find it: a body that is JSON is followed into.
func (g *page) seen() map[string]any {
	headers := map[string]any{}
	for name := range g.header {
		headers[name] = g.header.Get(name)
	}
	var body any = g.body
	switch value := document(g.body).(type) {
	case map[string]any, []any:
		body = value
	}
	return map[string]any{"status": json.Number(strconv.Itoa(g.status)), "headers": headers, "body": body}
}

func sender(to *client.Client) *http.Client {
	if to.HTTP != nil {
		return to.HTTP
	}
	return http.DefaultClient
}
