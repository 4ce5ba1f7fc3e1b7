package client_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sluice/internal/account"
	"sluice/internal/client"
)

func serve(t *testing.T, h http.HandlerFunc) *client.Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return &client.Client{URL: s.URL, Key: account.Key{ID: "AKIAEXAMPLE", Secret: "secret"}}
}

func TestLambdaCallIsSignedJSON(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if a := r.Header.Get("Authorization"); !strings.Contains(a, "AKIAEXAMPLE/") || !strings.Contains(a, "/us-east-1/lambda/aws4_request") {
			t.Errorf("Authorization %q", a)
		}
		w.Header().Set("X-Amz-Executed-Version", "2")
		w.Write([]byte(`{"path":"` + r.Method + r.URL.Path + `","body":` + string(body) + `}`))
	})
	var out struct {
		Path string
		Body map[string]int
	}
	header, err := c.Lambda(t.Context(), "PUT", "/2015-03-31/x", map[string]int{"a": 1}, &out)
	if err != nil || out.Path != "PUT/2015-03-31/x" || out.Body["a"] != 1 || header.Get("X-Amz-Executed-Version") != "2" {
		t.Errorf("out %+v, header %v, %v", out, header, err)
	}
}

func TestErrorsCarryCodeAndStatus(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if target := r.Header.Get("X-Amz-Target"); target != "CodeDeploy_20141006.GetDeployment" {
			t.Errorf("target %q", target)
		}
		w.WriteHeader(400)
		w.Write([]byte(`{"__type":"DeploymentDoesNotExistException","message":"no"}`))
	})
	err := c.CodeDeploy(t.Context(), "GetDeployment", map[string]string{}, nil)
	var e *client.Error
	if !errors.As(err, &e) || e.Code != "DeploymentDoesNotExistException" || e.Status != 400 {
		t.Errorf("error %v", err)
	}
}
