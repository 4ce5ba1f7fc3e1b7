package sam

import "testing"

func TestParseS3URI(t *testing.T) {
	for _, tt := range []struct {
		uri, bucket, key, version string
		ok                        bool
	}{
		{"s3://b/k", "b", "k", "", true},
		{"S3://b/a/k.zip?versionId=1.2%20x", "b", "a/k.zip", "1.2 x", true},
		{"s3://b//k", "b", "k", "", true},
		{"s3://b/", "b", "", "", true},
		{"s3://b/k?versionId=1&versionId=2", "b", "k", "", true},
		{"s3://b/k#part", "b", "k", "", true},
		{"s3://b", "", "", "", false},
		{"s3:///k", "", "", "", false},
		{"s3://[token]/k", "", "", "", false},
		{"https://b/k", "", "", "", false},
		{"./folder", "", "", "", false},
		{"", "", "", "", false},
	} {
		bucket, key, version, ok := parseS3URI(tt.uri)
		if bucket != tt.bucket || key != tt.key || version != tt.version || ok != tt.ok {
			t.Errorf("%s: %q %q %q %v", tt.uri, bucket, key, version, ok)
		}
	}
}
