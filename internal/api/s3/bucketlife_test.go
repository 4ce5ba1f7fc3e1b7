package s3_test

import "testing"

func TestABucketsLife(t *testing.T) {
	b := newBench(t)
	made := b.ok(b.call("PUT", "/life", ""))
	if made.header.Get("Location") != "/life" {
		t.Errorf("created: %v", made.header)
	}
	head := b.ok(b.call("HEAD", "/life", ""))
	if head.header.Get("X-Amz-Bucket-Region") != "us-east-1" || head.header.Get("X-Amz-Bucket-Arn") != "arn:aws:s3:::life" || head.body != "" {
		t.Errorf("HEAD: %v", head.header)
	}
	b.ok(b.call("PUT", "/life/k", "x"))
	b.want(b.call("DELETE", "/life", ""), 409, "BucketNotEmpty")
	b.ok(b.call("DELETE", "/life/k", ""))
	if a := b.call("DELETE", "/life", ""); a.status != 204 {
		t.Errorf("DELETE: %d %s", a.status, a.body)
	}
	for _, call := range []struct{ method, path string }{
		{"DELETE", "/life"}, {"GET", "/life"}, {"GET", "/life?location"}, {"PUT", "/life/k"}, {"GET", "/life?policy"}, {"DELETE", "/life?policy"},
	} {
		b.want(b.call(call.method, call.path, ""), 404, "NoSuchBucket")
	}
	if a := b.call("HEAD", "/life", ""); a.status != 404 || a.body != "" {
		t.Errorf("HEAD afterwards: %d %q", a.status, a.body)
	}
	b.ok(b.call("PUT", "/life", ""))
}

// Tags may come with the bucket.
func TestABucketIsCreatedWithTags(t *testing.T) {
	b := newBench(t)
	const tags = "<CreateBucketConfiguration><Tags><Tag><Key>team</Key><Value>payments</Value></Tag></Tags></CreateBucketConfiguration>"
	b.ok(b.call("PUT", "/tagged", tags))
	if a := b.ok(b.call("GET", "/tagged?tagging", "")); a.element("Key") != "team" || a.element("Value") != "payments" {
		t.Errorf("%s", a.body)
	}
	const system = "<CreateBucketConfiguration><Tags><Tag><Key>aws:x</Key></Tag></Tags></CreateBucketConfiguration>"
	b.want(b.call("PUT", "/other", system), 400, "InvalidTag")
	b.want(b.call("GET", "/other", ""), 404, "NoSuchBucket")
}

// Others' buckets are neither shown nor opened, and their names are taken.
func TestABucketOfAnotherAccount(t *testing.T) {
	b := newBench(t)
	p := place("theirs")
	if err := b.buckets.Create(t.Context(), p, nil); err != nil {
		t.Fatal(err)
	}
	b.want(b.call("PUT", "/theirs", ""), 409, "BucketAlreadyExists")
	for _, call := range []struct{ method, path string }{
		{"GET", "/theirs"}, {"PUT", "/theirs/k"}, {"GET", "/theirs/k"}, {"DELETE", "/theirs"}, {"GET", "/theirs?policy"},
	} {
		b.want(b.call(call.method, call.path, ""), 403, "AccessDenied")
	}
	if a := b.ok(b.call("GET", "/?prefix=theirs", "")); a.element("Name") != "" {
		t.Errorf("listed: %s", a.body)
	}
	if a := b.call("HEAD", "/theirs", ""); a.status != 403 {
		t.Errorf("HEAD: %d", a.status)
	}
}

func TestNamesThatNoBucketMayHave(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"ab", "Upper", "a_b", "-a-b", "a..b", "192.168.0.1", "xn--abc", "abc-s3alias"} {
		b.want(b.call("PUT", "/"+name, ""), 400, "InvalidBucketName")
	}
}
