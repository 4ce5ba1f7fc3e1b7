package remote_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAPackageIsDownloadedAsItWasSent(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	need(e.Create(t.Context(), f))(t)
	need(e.Publish(t.Context(), "calculator", "", "", ""))(t)
	need(e.UpdateCode(t.Context(), "calculator", program(t, "other"), "", ""))(t)
	sent := need(os.ReadFile(f.Code.File))(t)
	var got bytes.Buffer
	if err := e.Download(t.Context(), "calculator", "1", &got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), sent) {
		t.Errorf("%d bytes, want the %d of version 1", got.Len(), len(sent))
	}
}

func TestAPackageThatDoesNotArriveIsTold(t *testing.T) {
	t.Parallel()
	var e endpoint
	for _, tt := range []struct {
		name, code string
		kind       fault.Kind
		want       string
	}{
		{"an image", `{"ImageUri":"x"}`, fault.Invalid, "no package that can be downloaded"},
		{"refused", `{"Location":"%s/gone"}`, fault.Unavailable, "403 Forbidden"},
		{"not all of it", `{"Location":"%s/part"}`, fault.Unavailable, "and should have right"},
		{"nobody there", `{"Location":"http://127.0.0.1:1/x?X-Amz-Signature=secret"}`, fault.Unavailable, "connection refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e = answering(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/gone":
					w.WriteHeader(http.StatusForbidden)
				case "/part":
					fmt.Fprint(w, "zi")
				default:
					fmt.Fprintf(w, `{"Configuration":{"CodeSha256":"right"},"Code":%s}`, strings.ReplaceAll(tt.code, "%s", "http://"+r.Host))
				}
			})
			err := e.Download(t.Context(), "calculator", "", &bytes.Buffer{})
			refused(t, err, tt.kind, "package", tt.want)
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("%v shows a signature", err)
			}
		})
	}
}

// uploaded puts an object into a bucket that keeps versions.
func (e endpoint) uploaded(content []byte) (o deployer.Object) {
	e.t.Helper()
	bucket := "code-" + e.Region()
	client := s3.NewFromConfig(e.sdk(), func(o *s3.Options) { o.UsePathStyle = true })
	_, err := client.CreateBucket(e.t.Context(), &s3.CreateBucketInput{
		Bucket: &bucket, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(e.Region())},
	})
	if err == nil {
		_, err = client.PutBucketVersioning(e.t.Context(), &s3.PutBucketVersioningInput{
			Bucket: &bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
		})
	}
	if err != nil {
		e.t.Fatal(err)
	}
	put := need(client.PutObject(e.t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: new("a/b.zip"), Body: bytes.NewReader(content)}))(e.t)
	return deployer.Object{Bucket: bucket, Key: "a/b.zip", Version: *put.VersionId}
}

func TestAnObjectIsReadAndItsVersionTold(t *testing.T) {
	t.Parallel()
	e := open(t)
	o := e.uploaded([]byte("content"))
	tag, version, err := e.Stat(t.Context(), deployer.Object{Bucket: o.Bucket, Key: o.Key})
	if tag == "" || version != o.Version || err != nil {
		t.Errorf("tag %q, version %q, %v; want version %q", tag, version, err, o.Version)
	}
	var got bytes.Buffer
	if size, err := e.Fetch(t.Context(), o, &got); size != 7 || got.String() != "content" || err != nil {
		t.Errorf("%d bytes, %q, %v", size, got.String(), err)
	}
}

func TestAnObjectThatIsNotThereIsTold(t *testing.T) {
	t.Parallel()
	e := open(t)
	o := e.uploaded(nil)
	o.Key, o.Version = "none", ""
	_, _, err := e.Stat(t.Context(), o)
	refused(t, err, fault.NotFound, "package", "look at s3://"+o.Bucket+"/none: ")
	_, err = e.Fetch(t.Context(), o, &bytes.Buffer{})
	refused(t, err, fault.NotFound, "package", "read s3://"+o.Bucket+"/none: ")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAnObjectThatCantBeWrittenIsTold(t *testing.T) {
	t.Parallel()
	e := open(t)
	if _, err := e.Fetch(t.Context(), e.uploaded([]byte("content")), full{}); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Error(err)
	}
}

func TestAFunctionIsMadeAndChangedFromAnObject(t *testing.T) {
	t.Parallel()
	e := open(t)
	f := wanted(t, "calculator")
	o := e.uploaded(need(os.ReadFile(f.Code.File))(t))
	f.Code = deployer.Code{Object: &o}
	made := need(e.Create(t.Context(), f))(t)
	need(e.UpdateCode(t.Context(), "calculator", program(t, "other"), "", ""))(t)
	updated := need(e.UpdateCode(t.Context(), "calculator", f.Code, "", ""))(t)
	if updated.Digest != made.Digest {
		t.Errorf("%s, and made with %s", updated.Digest, made.Digest)
	}
}
