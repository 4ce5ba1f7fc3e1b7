package s3_test

import "testing"

// Buckets have no lists but their owner's; what deploy tools put by default is taken, what would let others in is refused.
func TestAccessControlLists(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt/k", "x"))
	for _, path := range []string{"/bkt?acl", "/bkt/k?acl"} {
		t.Run(path, func(t *testing.T) {
			a := b.ok(b.call("GET", path, ""))
			if a.element("Permission") != "FULL_CONTROL" || a.element("ID") == "" {
				t.Errorf("the owner's: %s", a.body)
			}
			for _, acl := range []string{"private", "bucket-owner-full-control"} {
				b.ok(b.call("PUT", path, "", "X-Amz-Acl", acl))
			}
			for _, header := range [][]string{
				{"X-Amz-Acl", "public-read"}, {"X-Amz-Acl", "public-read-write"}, {"X-Amz-Acl", "authenticated-read"},
				{"X-Amz-Acl", "private", "X-Amz-Grant-Read", "id=x"}, {"X-Amz-Acl", "private", "X-Amz-Grant-Full-Control", "id=x"}, nil,
			} {
				b.want(b.call("PUT", path, "", header...), 400, "AccessControlListNotSupported")
			}
		})
	}
	for path, code := range map[string]string{"/nobkt?acl": "NoSuchBucket", "/bkt/none?acl": "NoSuchKey"} {
		b.want(b.call("GET", path, ""), 404, code)
	}
	b.want(b.call("PUT", "/nobkt?acl", "", "X-Amz-Acl", "private"), 404, "NoSuchBucket")
}
