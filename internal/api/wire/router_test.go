package wire

import (
	"strings"
	"testing"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/apigateway"
	"sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/shape/catalog"
	"sluice/internal/api/shape/lambda"
)

func TestRoutes(t *testing.T) {
	for _, tt := range []struct {
		model          *shape.Model
		method, target string
		want           string // operation and values of the labels
	}{
		{&lambda.Model, "GET", "/2015-03-31/functions", "ListFunctions"},
		{&lambda.Model, "GET", "/2015-03-31/functions/", "ListFunctions"},
		{&lambda.Model, "POST", "/2015-03-31/functions", "CreateFunction"},
		{&lambda.Model, "GET", "/2015-03-31/functions/f", "GetFunction f"},
		{&lambda.Model, "GET", "/2015-03-31/functions/f/", "GetFunction f"},
		{&lambda.Model, "POST", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A111111111111%3Afunction%3Af%3A%24LATEST/invocations",
			"Invoke arn:aws:lambda:eu-west-1:111111111111:function:f:$LATEST"},
		{&lambda.Model, "POST", "/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations", "Invoke arn:aws:lambda:eu-west-1:1:function:f"},
		{&lambda.Model, "PUT", "/2015-03-31/functions/f/aliases/live", "UpdateAlias f live"},
		{&lambda.Model, "GET", "/2015-03-31/functions/a%2Fb/aliases/c%2Fd", "GetAlias a/b c/d"},
		{&lambda.Model, "GET", "/2015-03-31/functions/aliases/aliases/aliases", "GetAlias aliases aliases"},
		{&lambda.Model, "GET", "/2017-03-31/tags/arn%3Aaws%3Alambda", "ListTags arn:aws:lambda"},
		{&lambda.Model, "GET", "/2018-10-31/layers?find=LayerVersion&Arn=x", "GetLayerVersionByArn"},
		{&lambda.Model, "GET", "/2018-10-31/layers?Arn=x", "ListLayers"},
		{&lambda.Model, "GET", "/2019-09-30/functions/f/provisioned-concurrency?List=ALL", "ListProvisionedConcurrencyConfigs f"},
		{&lambda.Model, "GET", "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1", "GetProvisionedConcurrencyConfig f"},
		{&lambda.Model, "GET", "/2016-03-31/functions/f", ""},
		{&lambda.Model, "GET", "/2015-03-31/functions//configuration", ""},
		{&lambda.Model, "GET", "/2015-03-31/functions/f/versions/1", ""},
		{&lambda.Model, "PATCH", "/2015-03-31/functions/f", ""},
		{&lambda.Model, "GET", "/", ""},
		{&lambda.Model, "GET", "", ""},
		{&catalog.S3, "GET", "/", "ListBuckets"},
		{&catalog.S3, "PUT", "/bucket", "CreateBucket bucket"},
		{&catalog.S3, "GET", "/bucket?list-type=2", "ListObjectsV2 bucket"},
		{&catalog.S3, "GET", "/bucket/a/deep/key.zip", "GetObject bucket a/deep/key.zip"},
		{&catalog.S3, "GET", "/bucket/a/deep/key.zip?acl", "GetObjectAcl bucket a/deep/key.zip"},
		{&apigateway.Model, "GET", "/restapis/abc/resources/xyz", "GetResource abc xyz"},
		{&apigatewayv2.Model, "POST", "/v2/apis", "CreateApi"},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			var values [maxLabels]string
			path, query, _ := strings.Cut(tt.target, "?")
			e := NewService(tt.model).routes().find(tt.method, path, query, &values)
			got := ""
			if e != nil {
				got = strings.TrimSpace(e.op.Name + " " + strings.Join(values[:len(e.labels)], " "))
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEveryPathLeadsToItsOperation(t *testing.T) {
	for _, m := range append(catalog.Services(), &lambda.Model, &apigateway.Model, &apigatewayv2.Model) {
		routes := NewService(m).routes()
		for i := range m.Operations {
			op := &m.Operations[i]
			if op.Path == "" || m == &catalog.S3 { // several of S3's share an address and differ in headers
				continue
			}
			var values [maxLabels]string
			path, query, _ := strings.Cut(strings.NewReplacer("{", "", "}", "", "+", "").Replace(op.Path), "?")
			if e := routes.find(op.Method, path, query, &values); e == nil || e.op != op {
				t.Errorf("%s: %s %s leads elsewhere", op.Name, op.Method, op.Path)
			}
		}
	}
}
