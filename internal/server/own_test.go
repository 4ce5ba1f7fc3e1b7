package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/demo"
	"sluice/internal/server"
)

// get reads a page that needs no signature.
func (c caller) get(url string) (status int, body string) {
	c.t.Helper()
	answer, err := c.HTTP.Get(url)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func TestHealth(t *testing.T) {
	c := startServer(t, nil)
	if status, body := c.get(c.URL + "/_sluice/health"); status != http.StatusOK || body != `{"status":"ok"}`+"\n" {
		t.Errorf("%d %q", status, body)
	}
	if status, _ := c.get(c.URL + "/_sluice/nothing"); status != http.StatusNotFound {
		t.Errorf("a page that does not exist: %d", status)
	}
}

// A body that is promised to a page that takes none is not waited for.
func TestAPageWithoutItsBody(t *testing.T) {
	c := startServer(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(c.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, "GET /_sluice/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
	if answer, err := io.ReadAll(conn); err != nil || !strings.Contains(string(answer), `{"status":"ok"}`) {
		t.Errorf("%q, %v", answer, err)
	}
}

// What was invoked and moved is in the metrics, by function, qualifier and executed version.
func TestMetrics(t *testing.T) {
	c := startServer(t, func(cfg *server.Config) { cfg.Scale = 6000 })
	c.createFunction("f", program())
	c.publish("f", "second")
	for range 3 {
		if r := c.request("/2015-03-31/functions/f:live/invocations"); r.failure != "" {
			t.Fatal(r.failure)
		}
	}
	c.createGroup("g", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute")
	id := c.deploy("g", "f", 1, 2)
	eventually(t, "the deployment's end", func() bool { return c.status(id) == "Succeeded" })
	_, body := c.get(c.URL + "/_sluice/metrics")
	labels := `{account="000000000000",function="f",qualifier="live",region="us-east-1",version="1"}`
	for _, want := range []string{
		"sluice_invocations_total" + labels + " 3", "sluice_errors_total" + labels + " 0", "sluice_throttles_total" + labels + " 0",
		"sluice_concurrent_max" + labels + " 1", "sluice_duration_seconds_total" + labels, "sluice_rollout_late_seconds_count 9",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
}

// Code.Location leads to the package as it was uploaded, for whoever has it.
func TestDownload(t *testing.T) {
	c := startServer(t, nil)
	c.createFunction("f", program())
	var found struct{ Code struct{ Location string } }
	c.lambda("GET", "/f", nil, &found)
	status, body := c.get(found.Code.Location)
	if status != http.StatusOK || !bytes.Equal([]byte(body), program()) {
		t.Errorf("status %d, %d bytes", status, len(body))
	}
	if status, _ := c.get(found.Code.Location + "0"); status != http.StatusForbidden {
		t.Errorf("another signature: status %d", status)
	}
}

// A package whose directory is right and whose content is not is refused when it comes, not when it is first run.
func TestADamagedPackageIsRefused(t *testing.T) {
	c := startServer(t, nil)
	content := make([]byte, 1<<16)
	rand.NewChaCha8([32]byte{}).Read(content)
	damaged, err := demo.Package(content)
	if err != nil {
		t.Fatal(err)
	}
	damaged[len(damaged)/2] ^= 0xff
	_, err = c.Lambda(t.Context(), "POST", "/2015-03-31/functions", object{
		"FunctionName": "f", "Runtime": "provided.al2023", "Handler": "h", "Role": role, "Code": object{"ZipFile": damaged},
	}, nil)
	var refused *client.Error
	if !errors.As(err, &refused) || refused.Status != http.StatusBadRequest || refused.Code != "InvalidParameterValueException" {
		t.Errorf("%v", err)
	}
}

// A server whose time to close is over leaves its folder to the next one all the same.
func TestCloseAtOnce(t *testing.T) {
	data := t.TempDir()
	for range 2 {
		s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data})
		if err != nil {
			t.Fatal(err)
		}
		c := newCaller(t, &client.Client{URL: s.URL(), Key: s.Key()})
		c.get(s.URL() + "/_sluice/health") // leaves a connection open
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		if answer, err := c.HTTP.Get(s.URL() + "/_sluice/health"); err == nil {
			answer.Body.Close()
			t.Error("it still answers")
		}
	}
}
