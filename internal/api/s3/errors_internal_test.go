package s3

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"sluice/internal/bucket"
)

// Every error of the rules, as a client sees it.
func TestErrorsLookLikeS3s(t *testing.T) {
	var cases []string
	faults := map[string]error{}
	for _, e := range names.Errors() {
		name := fmt.Sprint(e.Kind, " ", e.Noun)
		cases, faults[name] = append(cases, name), e
	}
	for name, err := range map[string]error{
		"another region": &bucket.Elsewhere{Bucket: "bkt", Region: "eu-west-1"}, "too small": &bucket.TooSmall{Part: bucket.Part{Number: 2, ETag: "etag"}},
		"unfit": &bucket.Unfit{Number: 3}, "unknown": fmt.Errorf("disk full"),
	} {
		cases, faults[name] = append(cases, name), err
	}
	slices.Sort(cases)
	var got bytes.Buffer
	for _, name := range cases {
		r := newRequest(httptest.NewRecorder(), httptest.NewRequest("GET", "/bkt/key?versionId=v&uploadId=u", nil), 0)
		if err := r.locate(); err != nil {
			t.Fatal(err)
		}
		f := failureOf(faults[name], r)
		body, err := xml.MarshalIndent(f.document("ID"), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "== %s: %d\n%s\n", name, f.status, body)
		if f.status >= 500 && name != "unknown" && !strings.HasPrefix(name, "unavailable") {
			t.Errorf("%s is %d", name, f.status)
		}
	}
	const file = "testdata/errors.golden"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%v; the errors are\n%s", err, got.String())
	}
}
