package s3_test

import (
	"fmt"
	"strings"
	"testing"
)

func located(region string) string {
	return "<CreateBucketConfiguration><LocationConstraint>" + region + "</LocationConstraint></CreateBucketConfiguration>"
}

func TestBucketsOfRegions(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct {
		region, body string
		status       int
		code         string
	}{
		{"us-east-1", "", 200, ""}, {"us-east-1", located("eu-west-1"), 200, ""}, {"us-east-1", located("EU"), 200, ""},
		{"us-east-1", located("us-east-1"), 400, "InvalidLocationConstraint"}, {"us-east-1", located("foo"), 400, "InvalidLocationConstraint"},
		{"eu-west-1", "", 400, "IllegalLocationConstraintException"}, {"eu-west-1", located("us-west-1"), 400, "IllegalLocationConstraintException"},
		{"eu-west-1", located("eu-west-1"), 200, ""}, {"eu-west-1", "<a", 400, "MalformedXML"},
	} {
		name := fmt.Sprintf("/bkt-%s-%d", tt.region, len(tt.body))
		b.want(b.in(tt.region).call("PUT", name, tt.body), tt.status, tt.code)
	}
}

func TestABucketInAnotherRegion(t *testing.T) {
	b := newBench(t)
	eu := b.in("eu-west-1")
	eu.ok(eu.call("PUT", "/eubkt", located("eu-west-1")))
	a := b.call("GET", "/eubkt/k", "")
	b.want(a, 400, "AuthorizationHeaderMalformed")
	if a.element("Region") != "eu-west-1" || a.header.Get("X-Amz-Bucket-Region") != "eu-west-1" {
		t.Errorf("%s %v", a.body, a.header)
	}
	if head := b.call("HEAD", "/eubkt", ""); head.status != 301 || head.header.Get("X-Amz-Bucket-Region") != "eu-west-1" {
		t.Errorf("%d %v", head.status, head.header)
	}
	if a := b.ok(b.call("GET", "/eubkt?location", "")); a.element("LocationConstraint") != "eu-west-1" {
		t.Errorf("%s", a.body)
	}
	if a := b.ok(b.call("GET", "/bkt?location", "")); a.element("LocationConstraint") != "" {
		t.Errorf("%s", a.body)
	}
	if a := b.ok(b.call("GET", "/", "")); !strings.Contains(a.body, "<Name>bkt</Name>") || !strings.Contains(a.body, "<Name>eubkt</Name>") {
		t.Errorf("%s", a.body)
	}
}

func TestCreatingABucketAgain(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/bkt", ""))
	eu := b.in("eu-west-1")
	eu.ok(eu.call("PUT", "/eubkt", located("eu-west-1")))
	eu.want(eu.call("PUT", "/eubkt", located("eu-west-1")), 409, "BucketAlreadyOwnedByYou")
	b.want(b.call("PUT", "/Bad", ""), 400, "InvalidBucketName")
	b.want(b.call("PUT", "/bkt2", "", "X-Amz-Acl", "public-read"), 400, "AccessControlListNotSupported")
	b.want(b.call("PUT", "/bkt2", "", "X-Amz-Bucket-Object-Lock-Enabled", "true"), 400, "NotImplemented")
}

func TestBucketsAreListedOnPages(t *testing.T) {
	b := newBench(t)
	b.ok(b.call("PUT", "/abc", ""))
	a := b.ok(b.call("GET", "/?max-buckets=1", ""))
	if a.element("Name") != "abc" {
		t.Errorf("%s", a.body)
	}
	a = b.ok(b.call("GET", "/?max-buckets=1&continuation-token="+a.element("ContinuationToken"), ""))
	if a.element("Name") != "bkt" || a.element("ContinuationToken") != "" {
		t.Errorf("%s", a.body)
	}
	b.want(b.call("GET", "/?max-buckets=0", ""), 400, "InvalidArgument")
	b.want(b.call("GET", "/?continuation-token=!", ""), 400, "InvalidArgument")
}

// A page has as many buckets of the region as were asked for, wherever those of other regions stand between them.
func TestBucketsOfARegionAreListedOnPages(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"/a-west", "/c-west"} {
		b.ok(b.call("PUT", name, "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"))
	}
	a := b.ok(b.call("GET", "/?max-buckets=1&bucket-region=eu-west-1", ""))
	if a.element("Name") != "a-west" || a.element("ContinuationToken") == "" {
		t.Errorf("the first page: %s", a.body)
	}
	a = b.ok(b.call("GET", "/?max-buckets=1&bucket-region=eu-west-1&continuation-token="+a.element("ContinuationToken"), ""))
	if a.element("Name") != "c-west" || a.element("ContinuationToken") != "" {
		t.Errorf("the last page: %s", a.body)
	}
}

// Deploy tools ask what a bucket is set to, and read back what they set.
func TestSettings(t *testing.T) {
	for name, tt := range map[string]struct {
		initial, document string // an error's code, or an element of the document that there is from the beginning
		put, deleted      string // the code of the answer to PUT, and that to GET after a deletion
	}{
		"encryption":        {"SSEAlgorithm", "<ServerSideEncryptionConfiguration/>", "", "SSEAlgorithm"},
		"publicAccessBlock": {"BlockPublicAcls", "<PublicAccessBlockConfiguration/>", "", "NoSuchPublicAccessBlockConfiguration"},
		"ownershipControls": {"ObjectOwnership", "<OwnershipControls/>", "", "OwnershipControlsNotFoundError"},
		"policy":            {"NoSuchBucketPolicy", `{"Statement":[]}`, "", "NoSuchBucketPolicy"},
		"tagging":           {"NoSuchTagSet", "<Tagging><TagSet/></Tagging>", "", "NoSuchTagSet"},
		"cors":              {"NoSuchCORSConfiguration", "<CORSConfiguration/>", "", "NoSuchCORSConfiguration"},
		"lifecycle":         {"NoSuchLifecycleConfiguration", "<LifecycleConfiguration/>", "", "NoSuchLifecycleConfiguration"},
		"logging":           {"BucketLoggingStatus", "<BucketLoggingStatus/>", "", ""},
		"requestPayment":    {"Payer", "<RequestPaymentConfiguration/>", "", ""},
		"accelerate":        {"AccelerateConfiguration", "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>", "NotImplemented", ""},
		"notification":      {"NotificationConfiguration", "<NotificationConfiguration><X/></NotificationConfiguration>", "NotImplemented", ""},
		"website":           {"NoSuchWebsiteConfiguration", "<WebsiteConfiguration><X/></WebsiteConfiguration>", "NotImplemented", ""},
		"replication":       {"ReplicationConfigurationNotFoundError", "<ReplicationConfiguration><X/></ReplicationConfiguration>", "NotImplemented", ""},
		"object-lock":       {"ObjectLockConfigurationNotFoundError", "<ObjectLockConfiguration><X/></ObjectLockConfiguration>", "NotImplemented", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			path := "/bkt?" + name
			if a := b.call("GET", path, ""); !strings.Contains(a.body, tt.initial) {
				t.Errorf("in the beginning: %s", a.body)
			}
			if a := b.call("PUT", path, tt.document); a.code() != tt.put {
				t.Errorf("PUT: %d %s", a.status, a.body)
			}
			if tt.put != "" {
				return
			}
			if a := b.call("GET", path, ""); a.body != tt.document {
				t.Errorf("read back: %s", a.body)
			}
			if tt.deleted == "" {
				return
			}
			b.ok(b.call("DELETE", path, ""))
			if a := b.call("GET", path, ""); !strings.Contains(a.body, tt.deleted) {
				t.Errorf("after its deletion: %s", a.body)
			}
		})
	}
}

func TestSettingsThatAreRefused(t *testing.T) {
	b := newBench(t)
	for _, tt := range []struct{ name, body, code string }{
		{"policy", "text", "MalformedPolicy"}, {"policy", "{}", "MalformedPolicy"}, {"policy", `{"Statement":"` + strings.Repeat("x", 20<<10) + `"}`, "PolicyTooLarge"},
		{"encryption", "<Other/>", "MalformedXML"}, {"encryption", "", "MalformedXML"}, {"encryption", "<a>" + strings.Repeat("x", 300<<10), "MalformedXML"},
		{"tagging", "<Tagging><TagSet><Tag><Key>a</Key></Tag><Tag><Key>a</Key></Tag></TagSet></Tagging>", "InvalidTag"},
		{"acl", "<AccessControlPolicy/>", "AccessControlListNotSupported"},
	} {
		b.want(b.call("PUT", "/bkt?"+tt.name, tt.body), 400, tt.code)
	}
	b.want(b.call("PUT", "/nobkt?policy", `{"Statement":[]}`), 404, "NoSuchBucket")
	b.ok(b.call("PUT", "/bkt?acl", "", "X-Amz-Acl", "private"))
	b.ok(b.call("PUT", "/bkt?notification", "<NotificationConfiguration/>")) // takes back what was never there
	b.ok(b.call("PUT", "/bkt/k", ""))
	for _, path := range []string{"/bkt?acl", "/bkt/k?acl"} {
		if a := b.ok(b.call("GET", path, "")); a.element("Permission") != "FULL_CONTROL" {
			t.Errorf("%s: %s", path, a.body)
		}
	}
}
