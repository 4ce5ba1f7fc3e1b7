package codepackage_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"sluice/internal/codepackage"
	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// bucket has one object, in a bucket that keeps versions if version is not empty.
type bucket struct {
	tag, version, content string
	fetched               []deployer.Object
}

func (b *bucket) Stat(_ context.Context, o deployer.Object) (tag, version string, err error) {
	if o.Key == "missing" {
		return "", "", fault.Errorf(fault.NotFound, "object", "no such key")
	}
	return b.tag, b.version, nil
}

func (b *bucket) Fetch(_ context.Context, o deployer.Object, to io.Writer) (int64, error) {
	b.fetched = append(b.fetched, o)
	n, err := io.WriteString(to, b.content)
	return int64(n), err
}

func (p project) fetch(b *bucket, source string) (deployer.Code, error) {
	packages := codepackage.New(codepackage.Config{Folder: p.folder, Cache: p.cache, Objects: b})
	return packages.Package(p.Context(), function(source))
}

func TestAnObjectIsHashedAndItsVersionNamed(t *testing.T) {
	for _, tt := range []struct {
		name, source, version string
		want                  deployer.Object
	}{
		{"without versions", "s3://code/a/b.zip", "", deployer.Object{Bucket: "code", Key: "a/b.zip"}},
		{"the newest", "s3://code/a/b.zip", "v9", deployer.Object{Bucket: "code", Key: "a/b.zip", Version: "v9"}},
		{"a certain one", "s3://code/a/b.zip?versionId=v%2B3", "v9", deployer.Object{Bucket: "code", Key: "a/b.zip", Version: "v+3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, b := newProject(t), &bucket{tag: "t", version: tt.version, content: "zip"}
			code, err := p.fetch(b, tt.source)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256([]byte("zip"))
			if *code.Object != tt.want || code.Size != 3 || code.Digest != base64.StdEncoding.EncodeToString(sum[:]) || code.File != "" {
				t.Errorf("%+v of %+v, want %+v", code, *code.Object, tt.want)
			}
			if b.fetched[0] != tt.want {
				t.Errorf("fetched %+v, want %+v", b.fetched[0], tt.want)
			}
		})
	}
}

func TestAnObjectIsReadAgainOnlyIfItChanged(t *testing.T) {
	p, b := newProject(t), &bucket{tag: "one", content: "1"}
	var digests []string
	for _, tag := range []string{"one", "one", "two"} {
		if tag != b.tag {
			b.tag, b.content = tag, "22"
		}
		code, err := p.fetch(b, "s3://code/key")
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, code.Digest)
	}
	if len(b.fetched) != 2 || digests[0] != digests[1] || digests[1] == digests[2] {
		t.Errorf("fetched %d times, digests %q", len(b.fetched), digests)
	}
}

func TestAnAddressThatNamesNoObjectIsRefused(t *testing.T) {
	for _, source := range []string{"s3://", "s3://bucket", "s3://bucket/", "s3:///key", "s3://b/k?versionId=", "s3://b/k?versionId=%zz"} {
		p := newProject(t)
		if _, err := p.fetch(&bucket{}, source); !fault.Is(err, fault.Invalid, "package") || !strings.Contains(err.Error(), source) {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestAnObjectThatIsMissingIsNotFound(t *testing.T) {
	p := newProject(t)
	_, err := p.fetch(&bucket{}, "s3://code/missing")
	if !fault.Is(err, fault.NotFound, "package") || !strings.Contains(err.Error(), "s3://code/missing: no such key") {
		t.Error(err)
	}
}

func TestWithoutBucketsAnObjectIsRefused(t *testing.T) {
	newProject(t).refuse("s3://code/key", fault.Invalid)
}
