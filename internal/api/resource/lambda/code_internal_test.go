package lambda

import (
	"archive/zip"
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"sluice/internal/api/resource"
	"sluice/internal/stack"
)

// codeOf is the member Code that properties give.
func codeOf(t *testing.T, runtime string, given members) (members, error) {
	t.Helper()
	return code(&task{Context: t.Context(), Order: &stack.Order{Properties: members{"Runtime": runtime, "Code": given}}})
}

// unpacked are the files of a package.
func unpacked(t *testing.T, packed any) map[string]string {
	t.Helper()
	content, _ := packed.([]byte)
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, each := range r.File {
		file, err := each.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		files[each.Name] = string(text)
	}
	return files
}

func TestSourceInTheTemplateIsPacked(t *testing.T) {
	for runtime, want := range map[string]map[string]string{
		"nodejs22.x": {"index.js": "source", "node_modules/cfn-response/index.js": nodeResponse},
		"python3.13": {"index.py": "source", "cfnresponse.py": pythonResponse},
	} {
		t.Run(runtime, func(t *testing.T) {
			got, err := codeOf(t, runtime, members{"ZipFile": "source"})
			if err != nil {
				t.Fatal(err)
			}
			if files := unpacked(t, got["ZipFile"]); !reflect.DeepEqual(files, want) {
				t.Errorf("the package has %v", files)
			}
			again, err := codeOf(t, runtime, members{"ZipFile": "source"})
			if err != nil || !reflect.DeepEqual(got, again) {
				t.Errorf("the same source becomes another package (%v), which would be another version", err)
			}
		})
	}
}

func TestCodeInABucketIsHandedOn(t *testing.T) {
	got, err := codeOf(t, "go", members{"S3Bucket": "b", "S3Key": "k", "S3ObjectVersion": "1", "S3ObjectStorageMode": "COPY"})
	if want := (members{"S3Bucket": "b", "S3Key": "k", "S3ObjectVersion": "1"}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestSourceThatCanNotBe(t *testing.T) {
	for name, tt := range map[string]struct{ runtime, source, want string }{
		"of another runtime": {"provided.al2023", "source", "the Runtime is 'provided.al2023'"},
		"of none":            {"", "source", "the Runtime is ''"},
		"too long":           {"python3.13", strings.Repeat("#", maxInline+1), "has 4194305 bytes; at most 4194304"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := codeOf(t, tt.runtime, members{"ZipFile": tt.source})
			if err == nil || !strings.Contains(err.Error(), tt.want) || resource.Classify(err) != resource.InvalidRequest {
				t.Errorf("it fails with %v", err)
			}
		})
	}
}
