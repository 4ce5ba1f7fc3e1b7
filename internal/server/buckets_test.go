package server_test

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/demo"
	"sluice/internal/server"
)

// storage makes a call of S3 and returns its status, headers and body. An error means that there was no answer.
func (c caller) storage(method, path string, body []byte) (int, http.Header, []byte, error) {
	sum := sha256.Sum256(body)
	r, err := c.Request(c.t.Context(), "s3", method, path, http.Header{"X-Amz-Content-Sha256": {hex.EncodeToString(sum[:])}}, body)
	if err != nil {
		return 0, nil, nil, err
	}
	got, err := c.HTTP.Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	return got.StatusCode, got.Header, content, err
}

// store makes a call of S3 that has to succeed.
func (c caller) store(method, path string, body []byte) http.Header {
	c.t.Helper()
	status, header, content, err := c.storage(method, path, body)
	if err != nil || status >= 300 {
		c.t.Fatalf("%s %s: %d %s, %v", method, path, status, content, err)
	}
	return header
}

func inBucket(key string, more object) object {
	in := object{"FunctionName": "f", "Runtime": "provided.al2023", "Handler": demo.Handler, "Role": role,
		"Code": object{"S3Bucket": "packages", "S3Key": key}}
	for name, value := range more {
		in[name] = value
	}
	return in
}

func TestFunctionsFromPackagesInBuckets(t *testing.T) {
	c := startServer(t, nil)
	c.store("PUT", "/packages", nil)
	c.store("PUT", "/packages?versioning", []byte("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"))
	first := c.store("PUT", "/packages/code.zip", program()).Get("X-Amz-Version-Id")
	c.store("PUT", "/packages/code.zip", []byte("no zip"))
	c.lambda("POST", "", inBucket("code.zip", object{"Code": object{"S3Bucket": "packages", "S3Key": "code.zip", "S3ObjectVersion": first}}), nil)
	c.store("DELETE", "/packages/code.zip?versionId="+first, nil) // the function has its own
	eventually(t, "an answer", func() bool {
		_, err := c.Lambda(t.Context(), "POST", "/2015-03-31/functions/f/invocations", object{}, nil)
		return err == nil
	})
	var shown struct {
		Configuration struct{ CodeSha256 string }
		Code          struct{ Location string }
	}
	c.lambda("GET", "/f", nil, &shown)
	got, err := c.HTTP.Get(shown.Code.Location)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if content, err := io.ReadAll(got.Body); err != nil || !bytes.Equal(content, program()) {
		t.Errorf("the location holds %d bytes, %v", len(content), err)
	}
}

func TestPackagesInBucketsThatAreRefused(t *testing.T) {
	c := startServer(t, nil)
	c.store("PUT", "/packages", nil)
	c.store("PUT", "/packages/text", []byte("no zip"))
	c.store("PUT", "/packages/code.zip", program())
	c.lambda("POST", "", inBucket("code.zip", nil), nil)
	elsewhere := *c.Client
	elsewhere.Region = "eu-west-1"
	newCaller(t, &elsewhere).store("PUT", "/elsewhere", []byte("<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"))
	const begin = "Error occurred while GetObject. S3 Error Code: "
	for name, tt := range map[string]struct {
		code object
		want string
	}{
		"no bucket":       {object{"S3Bucket": "nobody", "S3Key": "k"}, begin + "NoSuchBucket. S3 Error Message: The specified bucket does not exist"},
		"no key":          {object{"S3Bucket": "packages", "S3Key": "none"}, begin + "NoSuchKey. S3 Error Message: The specified key does not exist."},
		"no version":      {object{"S3Bucket": "packages", "S3Key": "text", "S3ObjectVersion": "x"}, begin + "NoSuchVersion. S3 Error Message: The specified version does not exist."},
		"another region":  {object{"S3Bucket": "elsewhere", "S3Key": "k"}, begin + "PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request"},
		"no zip":          {object{"S3Bucket": "packages", "S3Key": "text"}, "Could not unzip uploaded file. Please check your file, then try to upload again."},
		"no key at all":   {object{"S3Bucket": "packages"}, "Please provide a source for function code."},
		"and a file also": {object{"S3Bucket": "packages", "S3Key": "text", "ZipFile": program()}, "Please do not provide other FunctionCode parameters when providing a ZipFile."},
	} {
		t.Run(name, func(t *testing.T) {
			_, create := c.Lambda(t.Context(), "POST", "/2015-03-31/functions", inBucket("", object{"FunctionName": "other", "Code": tt.code}), nil)
			_, update := c.Lambda(t.Context(), "PUT", "/2015-03-31/functions/f/code", tt.code, nil)
			for _, err := range []error{create, update} {
				var e *client.Error
				if !errors.As(err, &e) || e.Status != 400 || e.Code != "InvalidParameterValueException" || !strings.Contains(e.Body, tt.want) {
					t.Errorf("%v; want %q", err, tt.want)
				}
			}
		})
	}
}

// A record whose blob is gone is our own fault, and no answer may say that the caller named something that is not there.
func TestAPackageInABucketThatIsLost(t *testing.T) {
	data := t.TempDir()
	c := startServer(t, func(cfg *server.Config) { cfg.Data = data })
	c.store("PUT", "/packages", nil)
	c.store("PUT", "/packages/code.zip", program())
	if err := os.Remove(blobPath(data, program())); err != nil {
		t.Fatal(err)
	}
	_, err := c.Lambda(t.Context(), "POST", "/2015-03-31/functions", inBucket("code.zip", nil), nil)
	var e *client.Error
	if !errors.As(err, &e) || e.Status != 500 || e.Code != "ServiceException" {
		t.Errorf("Lambda says %v", err)
	}
	if status, _, body, err := c.storage("GET", "/packages/code.zip", nil); status != 500 || err != nil {
		t.Errorf("S3 says %d %s, %v", status, body, err)
	}
}

func TestRequestsWithoutSignatures(t *testing.T) {
	c := startServer(t, nil)
	c.store("PUT", "/packages", nil)
	for path, want := range map[string]string{
		"/packages/k": "<Code>AccessDenied</Code>", "/2015-03-31/functions": "Missing Authentication Token", "/nobody/k": "Missing Authentication Token",
	} {
		got, err := c.HTTP.Get(c.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(got.Body)
		got.Body.Close()
		if err != nil || got.StatusCode != http.StatusForbidden || !strings.Contains(string(content), want) {
			t.Errorf("%s: %d %s, %v", path, got.StatusCode, content, err)
		}
	}
}

// A server is killed while objects are put, in one piece and in parts. After a restart each that was acknowledged is there,
// whole, and those that were not are whole or not there.
func TestKilledWhileObjectsArePut(t *testing.T) {
	t.Parallel()
	kills := 20
	if testing.Short() {
		kills = 3
	}
	data, random := t.TempDir(), chances(t)
	s := startKillable(t, data, "60")
	s.store("PUT", "/packages", nil)
	acknowledged, begun := map[string]string{}, map[string]string{} // ETags by key
	for round := range kills {
		stop := time.After(20*time.Millisecond + within(random, 80*time.Millisecond))
		lives := s
		go func() { <-stop; lives.cmd.Process.Kill() }()
		for n := 0; ; n++ {
			key := fmt.Sprintf("%d-%d", round, n)
			content := bytes.Repeat([]byte(key), 1+random.IntN(20_000))
			sum := md5.Sum(content)
			begun[key] = `"` + hex.EncodeToString(sum[:]) + `"`
			status, header, body, err := s.storage("PUT", "/packages/"+key, content)
			if err != nil {
				break
			}
			if status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
			acknowledged[key] = header.Get("ETag")
		}
		s.kill()
		s = startKillable(t, data, "60")
	}
	for key, etag := range begun {
		status, header, content, err := s.storage("GET", "/packages/"+key, nil)
		if err != nil {
			t.Fatal(err)
		}
		sum := md5.Sum(content)
		whole := status == http.StatusOK && header.Get("ETag") == etag && `"`+hex.EncodeToString(sum[:])+`"` == etag
		if acknowledged[key] != "" && !whole || !whole && status != http.StatusNotFound {
			t.Errorf("%s is %d, %d bytes; acknowledged: %v", key, status, len(content), acknowledged[key] != "")
		}
	}
	t.Logf("%d objects, %d acknowledged", len(begun), len(acknowledged))
}
