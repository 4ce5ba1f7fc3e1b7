package s3_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// S3's operations are none of those that a look may call: other tests read and write objects.
func TestLives(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("Here", "AWS::S3::Bucket", object{"BucketName": "here"}))
	f.Create(f.Order("There", "AWS::S3::Bucket", object{"BucketName": "there"}))
	f.Live(t,
		resourcetest.Life{
			Type:       "AWS::S3::Bucket",
			Properties: object{"BucketName": "mine"},
			Ref:        "mine",
			Attributes: map[string]string{
				"Arn": "arn:aws:s3:::mine", "DomainName": "mine.s3.amazonaws.com",
				"DualStackDomainName": "mine.s3.dualstack." + f.Region + ".amazonaws.com",
				"RegionalDomainName":  "mine.s3." + f.Region + ".amazonaws.com",
				"WebsiteURL":          "http://mine.s3-website-" + f.Region + ".amazonaws.com",
			},
			Changes:     object{"VersioningConfiguration": object{"Status": "Enabled"}},
			Replacement: object{"BucketName": "other"},
			Repeated:    true,
		},
		resourcetest.Life{
			Type:        "AWS::S3::BucketPolicy",
			Properties:  object{"Bucket": "here", "PolicyDocument": resourcetest.Allow("s3:GetObject")},
			Ref:         "here",
			Changes:     object{"PolicyDocument": resourcetest.Allow("s3:*")},
			Replacement: object{"Bucket": "there"},
			Repeated:    true,
		},
	)
}

func TestFailuresAreThoseOfS3(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	f.Create(f.Order("Taken", "AWS::S3::Bucket", object{"BucketName": "taken"}))
	for name, tt := range map[string]struct {
		kind       string
		properties object
		status     string
		code       string
	}{
		"a name that is taken":     {"Bucket", object{"BucketName": "taken"}, "409", "AlreadyExists"},
		"a name that is none":      {"Bucket", object{"BucketName": "a_b"}, "400", "InvalidRequest"},
		"an empty name":            {"Bucket", object{"BucketName": ""}, "400", "InvalidRequest"},
		"a policy of no bucket":    {"BucketPolicy", object{"Bucket": "none", "PolicyDocument": resourcetest.Allow("s3:*")}, "404", "NotFound"},
		"a policy of a bad bucket": {"BucketPolicy", object{"Bucket": "", "PolicyDocument": object{}}, "404", "NotFound"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.Provider.Create(t.Context(), f.Order("B", "AWS::S3::"+tt.kind, tt.properties))
			if err == nil || !strings.Contains(err.Error(), "(Service: S3, Status Code: "+tt.status) || !strings.Contains(err.Error(), "HandlerErrorCode: "+tt.code) {
				t.Errorf("it fails with %v", err)
			}
		})
	}
}
