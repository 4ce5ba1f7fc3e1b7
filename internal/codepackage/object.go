package codepackage

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// parseObject reads s3://bucket/key, with ?versionId=V for a certain version. It returns nil for what is no such address.
func parseObject(source string) (*deployer.Object, error) {
	rest, ok := strings.CutPrefix(source, "s3://")
	if !ok {
		return nil, nil
	}
	address, version, versioned := strings.Cut(rest, "?versionId=")
	bucket, key, _ := strings.Cut(address, "/")
	if bucket == "" || key == "" || versioned && version == "" {
		return nil, fault.Errorf(fault.Invalid, "package", "%q names no object: write s3://bucket/key or s3://bucket/key?versionId=V", source)
	}
	version, err := url.QueryUnescape(version)
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "package", "%q has a version that can't be read: %w", source, err)
	}
	return &deployer.Object{Bucket: bucket, Key: key, Version: version}, nil
}

// object hashes a package in a bucket, unless the very content was hashed before. The newest version is named from then on,
// so that what is sent is what was hashed.
func (p *Packages) object(ctx context.Context, code deployer.Code) (deployer.Code, error) {
	if p.objects == nil {
		return code, fault.Errorf(fault.Invalid, "package", "the code %s: packages in buckets can't be read here", code.Source)
	}
	object := *code.Object
	tag, version, err := p.objects.Stat(ctx, object)
	if err != nil {
		return code, about(code, err)
	}
	if object.Version == "" {
		object.Version = version
	}
	code.Object = &object
	key := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q", object.Bucket, object.Key, object.Version, tag)))
	kept, err := p.cache.find(key)
	if err == nil && kept == nil {
		kept, err = p.cache.put(key, func(w io.Writer) ([]byte, error) { return p.hash(ctx, object, w) })
	}
	if err != nil {
		return code, about(code, err)
	}
	code.Digest = kept.digest
	code.Size, err = kept.noted()
	return code, about(code, err)
}

// hash reads an object, and keeps no more of it than its size.
func (p *Packages) hash(ctx context.Context, object deployer.Object, entry io.Writer) (sum []byte, err error) {
	content := sha256.New()
	size, err := p.objects.Fetch(ctx, object, content)
	if err == nil {
		_, err = fmt.Fprint(entry, size)
	}
	return content.Sum(nil), err
}

// noted reads an entry that is an object's size.
func (k *kept) noted() (size int64, err error) {
	text, err := os.ReadFile(k.path)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(string(text), 10, 64)
}
