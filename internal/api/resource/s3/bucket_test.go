package s3_test

import (
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

func TestBucket(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	o := f.Order("B", "AWS::S3::Bucket", object{"VersioningConfiguration": object{"Status": "Enabled"}, "AccessControl": "Private"})
	made := f.Create(o)
	f.Equal("the name", made.PhysicalID, "app-b-0123456789ab")
	f.Equal("the domain", made.Attributes["RegionalDomainName"], "app-b-0123456789ab.s3."+f.Region+".amazonaws.com")
	if _, err := f.Provider.Create(t.Context(), f.Order("B", "AWS::S3::Bucket", object{})); err == nil || !strings.Contains(err.Error(), "(Service: S3, Status Code: 409") || !strings.Contains(err.Error(), "HandlerErrorCode: AlreadyExists") {
		t.Errorf("a second bucket of the name: %v", err)
	}
	policy := f.Order("P", "AWS::S3::BucketPolicy", object{"Bucket": made.PhysicalID, "PolicyDocument": resourcetest.Allow("s3:GetObject")})
	f.Equal("the policy's Ref", f.Create(policy).PhysicalID, made.PhysicalID)
	f.Delete(policy)
	f.Put(made.PhysicalID+"/key", []byte("content"))
	if err := f.Provider.Delete(t.Context(), o); err == nil || !strings.Contains(err.Error(), "The bucket you tried to delete is not empty") {
		t.Errorf("deletion with an object: %v", err)
	}
	other := f.Order("C", "AWS::S3::Bucket", object{"BucketName": "empty"})
	f.Create(other)
	again := f.Order("C", "AWS::S3::Bucket", object{"BucketName": "empty"})
	again.Repeated = true
	f.Equal("that of a repeated order", f.Create(again).PhysicalID, "empty")
	f.Update(f.Change(other, object{"VersioningConfiguration": object{"Status": "Enabled"}}))
	f.Delete(other)
}
