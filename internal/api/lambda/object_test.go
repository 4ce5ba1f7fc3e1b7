package lambda

import (
	"bytes"
	"context"
	"net/http/httptest"
	"testing"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// shelfOfObjects has one object, and notes what it was asked for.
type shelfOfObjects struct {
	size   int64
	asked  string
	closed int
}

func (s *shelfOfObjects) OpenObject(_ context.Context, scope function.Scope, bucket, key, version string) (Object, error) {
	s.asked = scope.Account + " " + scope.Region + " " + bucket + " " + key + " " + version
	return sized{bytes.NewReader([]byte("zip")), s}, nil
}

// sized is an object that says it is of another size.
type sized struct {
	*bytes.Reader
	on *shelfOfObjects
}

func (s sized) Size() int64  { return s.on.size }
func (s sized) Close() error { s.on.closed++; return nil }

func TestOpen(t *testing.T) {
	r := &wire.Request{Account: "000000000000", Region: "eu-west-1", HTTP: httptest.NewRequest("POST", "/", nil)}
	shelf := &shelfOfObjects{size: maxObject}
	a := &api{objects: shelf}
	object, err := a.open(t.Context(), r, content{bucket: new("b"), key: new("k"), version: new("v")})
	if err != nil || object.Size() != maxObject || shelf.asked != "000000000000 eu-west-1 b k v" {
		t.Errorf("asked for %q, %v", shelf.asked, err)
	}
	shelf.size++
	if _, err := a.open(t.Context(), r, content{bucket: new("b"), key: new("k")}); !fault.Is(err, fault.Invalid, "package") || shelf.closed != 1 {
		t.Errorf("one that is too large: %v, closed %d times", err, shelf.closed)
	}
	if object, err := a.open(t.Context(), r, content{zip: []byte("zip")}); err != nil || object.Size() != 3 {
		t.Errorf("one in the request: %v", err)
	}
	if _, err := (&api{}).open(t.Context(), r, content{bucket: new("b"), key: new("k")}); !fault.Is(err, fault.Invalid, "unserved") {
		t.Errorf("without buckets: %v", err)
	}
}
