package cloudformation

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"unicode/utf8"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// Limits of what is read by URL, in bytes (CloudFormation User Guide, "CloudFormation quotas").
const (
	templateLimit = 1_000_000
	policyLimit   = 16_384
)

// place is where an object lies.
type place struct{ bucket, key, version string }

// parseLocation reads the address of an object in any of S3's styles: s3://BUCKET/KEY, the bucket in the path
// (https://s3.REGION.amazonaws.com/BUCKET/KEY, http://127.0.0.1:4566/BUCKET/KEY) and the bucket in the host
// (https://BUCKET.s3.REGION.amazonaws.com/KEY). here is the host by which the client reached the server. A signature in the
// query means nothing: the caller may read Sluice's buckets.
func parseLocation(address, here string) (place, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return place{}, false
	}
	p := place{key: strings.TrimPrefix(u.Path, "/"), version: u.Query().Get("versionId")}
	switch host := strings.ToLower(u.Hostname()); {
	case u.Scheme == "s3":
		p.bucket = u.Host
	case u.Scheme != "http" && u.Scheme != "https":
		return place{}, false
	default:
		p.bucket = bucketInHost(host)
		if p.bucket == "" {
			if !inPath(host) && !strings.EqualFold(u.Host, here) {
				return place{}, false
			}
			p.bucket, p.key, _ = strings.Cut(p.key, "/")
		}
	}
	return p, p.bucket != "" && p.key != ""
}

// bucketInHost returns BUCKET of BUCKET.s3.REGION.amazonaws.com, BUCKET.s3-REGION.amazonaws.com, BUCKET.s3.localhost and BUCKET.localhost.
func bucketInHost(host string) string {
	if before, after, found := strings.Cut(host, ".s3."); found && ofS3(after) {
		return before
	}
	if before, after, found := strings.Cut(host, ".s3-"); found && ofS3(after) {
		return before
	}
	if before, found := strings.CutSuffix(host, ".localhost"); found && before != "s3" && !strings.HasPrefix(before, "s3.") {
		return before
	}
	return ""
}

func ofS3(domain string) bool {
	return strings.HasSuffix(domain, "amazonaws.com") || strings.HasSuffix(domain, "amazonaws.com.cn") || strings.HasSuffix(domain, "localhost")
}

// inPath reports whether a host is S3's, or this machine, without a bucket.
func inPath(host string) bool {
	if address, err := netip.ParseAddr(host); err == nil {
		return address.IsLoopback()
	}
	after, found := strings.CutPrefix(host, "s3")
	return host == "localhost" || found && len(after) > 0 && (after[0] == '.' || after[0] == '-') && ofS3(after[1:])
}

// ReadTemplate returns the text of a template at a URL, in the words that CloudFormation has for what is wrong with it. here is
// the host, with its port, at which this server is reached besides 127.0.0.1 and localhost; it may be empty.
func ReadTemplate(ctx context.Context, objects Objects, in function.Scope, address, here string) (string, error) {
	return fetch(ctx, objects, in, address, here, "TemplateURL", templateLimit)
}

// fetch returns the text at a URL, which a request has under a member's name.
func fetch(ctx context.Context, objects Objects, in function.Scope, address, here, member string, limit int64) (string, error) {
	p, ok := parseLocation(address, here)
	if !ok || objects == nil {
		return "", fault.Errorf(fault.Invalid, "location", "%s must be a supported URL.", member)
	}
	content, err := objects.ReadObject(ctx, in, p.bucket, p.key, p.version, limit)
	switch {
	case err == nil && utf8.Valid(content):
		return string(content), nil
	case err == nil:
		return "", fault.Errorf(fault.Invalid, "location", "The object at %s is no text.", member)
	case fault.Of(err).Kind == fault.Internal || fault.Of(err).Kind == fault.Unavailable:
		return "", err
	default:
		return "", &fault.Error{Kind: fault.Invalid, Noun: "location", Cause: err, Message: "S3 error: " + fault.Of(err).Message +
			"\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"}
	}
}

// read returns the text at a URL that a request has. Those of s3: are for transforms alone (recorded:
// test_create_stack_from_s3_template_url).
func (a *api) read(ctx context.Context, r *wire.Request, address, member string, limit int64) (string, error) {
	if rest, found := strings.CutPrefix(address, "s3://"); found {
		bucket, _, _ := strings.Cut(rest, "/")
		return "", fault.Errorf(fault.Invalid, "location", "S3 error: Domain name specified in %s is not a valid S3 domain", bucket)
	}
	return fetch(ctx, a.objects, scope(r), address, r.HTTP.Host, member, limit)
}
