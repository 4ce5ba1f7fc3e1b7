package cloudformation

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// reader answers each request for an object with the same content or error, and notes the last one.
type reader struct {
	content []byte
	err     error
	asked   place
	limit   int64
}

func (r *reader) ReadObject(_ context.Context, _ function.Scope, bucket, key, version string, limit int64) ([]byte, error) {
	r.asked, r.limit = place{bucket, key, version}, limit
	return r.content, r.err
}

func TestReadTemplate(t *testing.T) {
	r := &reader{content: []byte("Resources: {}")}
	text, err := ReadTemplate(t.Context(), r, here, "http://sluice.example:4566/shelf/a/b.yaml?versionId=v2", "sluice.example:4566")
	if text != "Resources: {}" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
	if want := (place{"shelf", "a/b.yaml", "v2"}); r.asked != want || r.limit != templateLimit {
		t.Errorf("asked for %+v, %d bytes", r.asked, r.limit)
	}
}

func TestObjectsThatCanNotBeRead(t *testing.T) {
	broken := errors.New("the disk is broken")
	for name, tt := range map[string]struct {
		objects Objects
		address string
		kind    fault.Kind
		part    string
	}{
		"somewhere else":           {&reader{}, "https://example.com/a", fault.Invalid, "TemplateURL must be a supported URL."},
		"without buckets":          {nil, "s3://b/k", fault.Invalid, "TemplateURL must be a supported URL."},
		"no text":                  {&reader{content: []byte{0xff}}, "s3://b/k", fault.Invalid, "The object at TemplateURL is no text."},
		"not there":                {&reader{err: fault.Errorf(fault.NotFound, "object", "The specified key does not exist.")}, "s3://b/k", fault.Invalid, "S3 error: The specified key does not exist.\nFor more information"},
		"too long":                 {&reader{err: fault.Errorf(fault.TooLarge, "object", "It is too long.")}, "s3://b/k", fault.Invalid, "S3 error: It is too long."},
		"while the server stops":   {&reader{err: fault.Errorf(fault.Unavailable, "store", "It is closed.")}, "s3://b/k", fault.Unavailable, "It is closed."},
		"by the server's own flaw": {&reader{err: broken}, "s3://b/k", fault.Internal, "the disk is broken"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadTemplate(t.Context(), tt.objects, here, tt.address, "")
			if err == nil || fault.Of(err).Kind != tt.kind || !strings.Contains(err.Error(), tt.part) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestPoliciesAreReadWithinTheirLimit(t *testing.T) {
	r := &reader{content: []byte(allowsAll)}
	if _, err := fetch(t.Context(), r, here, "https://s3.us-east-1.amazonaws.com/shelf/policy.json", "", "StackPolicyURL", policyLimit); err != nil || r.limit != 16_384 {
		t.Errorf("%v; a policy may have %d bytes", err, r.limit)
	}
}

// Recorded: test_create_stack_from_s3_template_url.
func TestTemplatesAreNotReadFromS3URLs(t *testing.T) {
	d := newDesk(t)
	d.wantRefused(400, "ValidationError", "S3 error: Domain name specified in artifacts is not a valid S3 domain", "CreateStack", "StackName", "app", "TemplateURL", "s3://artifacts/t.json")
}
