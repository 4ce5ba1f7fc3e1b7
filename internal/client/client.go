// Package client makes signed calls to a Sluice server, for the parts of Sluice that use one from outside: the demo,
// the benchmarks and the tests.
//
// It knows the protocols and no operations. A user's program has an AWS SDK for this; so will the deployer.
package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"sluice/internal/account"
)

// Client calls one server. Its methods may be called by many goroutines at once.
type Client struct {
	URL    string // such as http://127.0.0.1:4566
	Key    account.Key
	Token  string       // of the session that the key belongs to; empty for the server's own key
	Region string       // empty means us-east-1
	HTTP   *http.Client // nil means http.DefaultClient
}

// Error is an answer that is not a success.
type Error struct {
	Status int
	Code   string // the exception's name
	Body   string
}

func (e *Error) Error() string { return fmt.Sprintf("%s (status %d): %s", e.Code, e.Status, e.Body) }

// Lambda makes a restJson1 call: in, if not nil, is the JSON body, and the answer's body goes to out, if that is not
// nil. It returns the answer's headers.
func (c *Client) Lambda(ctx context.Context, method, path string, in, out any) (http.Header, error) {
	return c.call(ctx, "lambda", method, path, nil, in, out)
}

// CodeDeploy makes an awsJson1.1 call.
func (c *Client) CodeDeploy(ctx context.Context, operation string, in, out any) error {
	return c.operation(ctx, "codedeploy", "CodeDeploy_20141006."+operation, "application/x-amz-json-1.1", in, out)
}

// CloudWatch makes an awsJson1.0 call, the one protocol of CloudWatch's that is all JSON.
func (c *Client) CloudWatch(ctx context.Context, operation string, in, out any) error {
	return c.operation(ctx, "monitoring", "GraniteServiceVersion20100801."+operation, "application/x-amz-json-1.0", in, out)
}

// Logs makes an awsJson1.1 call of CloudWatch Logs.
func (c *Client) Logs(ctx context.Context, operation string, in, out any) error {
	return c.operation(ctx, "logs", "Logs_20140328."+operation, "application/x-amz-json-1.1", in, out)
}

// operation makes a call whose header names what is to be done.
func (c *Client) operation(ctx context.Context, service, target, content string, in, out any) error {
	header := http.Header{"X-Amz-Target": {target}, "Content-Type": {content}}
	_, err := c.call(ctx, service, http.MethodPost, "/", header, in, out)
	return err
}

// Request returns a signed request.
func (c *Client) Request(ctx context.Context, service, method, path string, header http.Header, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	region := c.Region
	if region == "" {
		region = "us-east-1"
	}
	sum := sha256.Sum256(body)
	key := aws.Credentials{AccessKeyID: c.Key.ID, SecretAccessKey: c.Key.Secret, SessionToken: c.Token}
	return r, v4.NewSigner().SignHTTP(ctx, key, r, hex.EncodeToString(sum[:]), service, region, time.Now())
}

func (c *Client) call(ctx context.Context, service, method, path string, header http.Header, in, out any) (http.Header, error) {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return nil, err
		}
	}
	r, err := c.Request(ctx, service, method, path, header, body)
	if err != nil {
		return nil, err
	}
	h := c.HTTP
	if h == nil {
		h = http.DefaultClient
	}
	answer, err := h.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 300 {
		return answer.Header, failure(answer, content)
	}
	if out != nil && len(content) > 0 {
		err = json.Unmarshal(content, out)
	}
	return answer.Header, err
}

func failure(answer *http.Response, content []byte) error {
	var body struct {
		Type string `json:"__type"`
	}
	_ = json.Unmarshal(content, &body) // a body that is no JSON has no type
	code := answer.Header.Get("X-Amzn-Errortype")
	if code == "" {
		code = body.Type
	}
	return &Error{Status: answer.StatusCode, Code: code, Body: string(content)}
}
