package s3_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/resource/resourcetest"
)

// shown is what S3 shows of a bucket's setting, without the root element.
func shown(f *resourcetest.Fixture, bucket, setting string) string {
	f.T.Helper()
	status, body := f.S3(http.MethodGet, bucket+"?"+setting, nil)
	var document struct {
		Code  string
		Inner string `xml:",innerxml"`
	}
	if err := xml.Unmarshal([]byte(body), &document); err != nil {
		f.T.Fatalf("%d %s: %v", status, body, err)
	}
	if status != http.StatusOK {
		return document.Code
	}
	return document.Inner
}

// What LocalStack recorded of AWS (test_cors_configuration, test_website_configuration), and their other properties.
func TestBucketsAreShownAsTheTemplateSays(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	for property, tt := range map[string]struct {
		setting string
		value   object
		want    string
		without string
	}{
		"CorsConfiguration": {"cors", object{"CorsRules": []any{
			object{
				"Id": "test-cors-id", "AllowedHeaders": []any{"*", "x-amz-*"}, "AllowedMethods": []any{"GET"}, "AllowedOrigins": []any{"*"},
				"ExposedHeaders": []any{"Date"}, "MaxAge": "3600",
			},
			object{"AllowedMethods": []any{"PUT"}, "AllowedOrigins": []any{"https://a.example/?a&b"}},
		}}, "<CORSRule><ID>test-cors-id</ID><MaxAgeSeconds>3600</MaxAgeSeconds><AllowedHeader>*</AllowedHeader><AllowedHeader>x-amz-*</AllowedHeader>" +
			"<ExposeHeader>Date</ExposeHeader><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>" +
			"<CORSRule><AllowedMethod>PUT</AllowedMethod><AllowedOrigin>https://a.example/?a&amp;b</AllowedOrigin></CORSRule>", "NoSuchCORSConfiguration"},
		"WebsiteConfiguration": {"website", object{
			"IndexDocument": "index.html", "ErrorDocument": "error.html", "RoutingRules": []any{object{
				"RoutingRuleCondition": object{"HttpErrorCodeReturnedEquals": "404", "KeyPrefixEquals": "out1/"},
				"RedirectRule":         object{"ReplaceKeyWith": "redirected.html"},
			}},
		}, "<IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>error.html</Key></ErrorDocument><RoutingRules><RoutingRule>" +
			"<Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals><KeyPrefixEquals>out1/</KeyPrefixEquals></Condition>" +
			"<Redirect><ReplaceKeyWith>redirected.html</ReplaceKeyWith></Redirect></RoutingRule></RoutingRules>", "NoSuchWebsiteConfiguration"},
		"PublicAccessBlockConfiguration": {"publicAccessBlock", object{"BlockPublicAcls": "false", "BlockPublicPolicy": false},
			"<BlockPublicAcls>false</BlockPublicAcls><BlockPublicPolicy>false</BlockPublicPolicy>",
			"<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>"},
		"OwnershipControls": {"ownershipControls", object{"Rules": []any{object{"ObjectOwnership": "ObjectWriter"}}},
			"<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>", "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"},
	} {
		t.Run(property, func(t *testing.T) {
			f := *f
			f.T = t
			o := f.Order("Shown", "AWS::S3::Bucket", object{"BucketName": "shown-" + strings.ToLower(tt.setting), property: tt.value})
			bucket := f.Create(o).PhysicalID
			f.Equal("the document", shown(&f, bucket, tt.setting), tt.want)
			o = f.Change(o, object{property: nil})
			f.Update(o)
			f.Equal("what there is without it", shown(&f, bucket, tt.setting), tt.without)
			o = f.Change(o, object{property: tt.value})
			f.Update(o)
			f.Equal("the document of an update", shown(&f, bucket, tt.setting), tt.want)
		})
	}
}

func TestTheTagsOfABucket(t *testing.T) {
	t.Parallel()
	f := resourcetest.InRegion(t, 60)
	tag := func(key, value string) string { return "<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>" }
	marks := tag("aws:cloudformation:logical-id", "B") + tag("aws:cloudformation:stack-id", resourcetest.TheStack) + tag("aws:cloudformation:stack-name", "app")
	o := f.Order("B", "AWS::S3::Bucket", object{"BucketName": "tagged", "Tags": []any{object{"Key": "own", "Value": "1"}}})
	f.Create(o)
	f.Equal("the tags", shown(f, "tagged", "tagging"), "<TagSet>"+marks+tag("own", "1")+tag("team", "blue")+"</TagSet>")
	f.Update(f.Change(o, object{"Tags": nil}))
	f.Equal("the tags of an update", shown(f, "tagged", "tagging"), "<TagSet>"+marks+tag("team", "blue")+"</TagSet>")
}
