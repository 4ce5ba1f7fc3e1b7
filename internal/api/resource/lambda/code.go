package lambda

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"maps"
	"slices"
	"strings"

	"sluice/internal/api/resource"
)

// maxInline is how much source a template may carry for a function, in bytes (page AWS::Lambda::Function Code).
const maxInline = 4 << 20

// The modules that a function whose source is in its template can answer a stack with (page "cfn-response module").
var (
	//go:embed response/cfn-response.js
	nodeResponse string
	//go:embed response/cfnresponse.py
	pythonResponse string
)

// code returns the property Code as the members of CreateFunction's Code: a source in the template is packed.
func code(t *task) (members, error) {
	code := resource.ObjectOf(t.Properties["Code"])
	source, inline := code["ZipFile"].(string)
	delete(code, "S3ObjectStorageMode")
	if !inline {
		return code, nil
	}
	if len(source) > maxInline {
		return nil, resource.Failf(resource.InvalidRequest, "Code.ZipFile has %d bytes; at most %d are allowed: put the package into a bucket", len(source), maxInline)
	}
	files, err := inlineFiles(t.Text("Runtime"), source)
	if err != nil {
		return nil, err
	}
	packed, err := packed(files)
	if err != nil {
		return nil, err
	}
	code["ZipFile"] = packed
	return code, nil
}

// inlineFiles are the files of a function whose source is in its template: index, with the module that answers stacks.
func inlineFiles(runtime, source string) (map[string]string, error) {
	switch {
	case strings.HasPrefix(runtime, "nodejs"):
		return map[string]string{"index.js": source, "node_modules/cfn-response/index.js": nodeResponse}, nil
	case strings.HasPrefix(runtime, "python"):
		return map[string]string{"index.py": source, "cfnresponse.py": pythonResponse}, nil
	}
	return nil, resource.Failf(resource.InvalidRequest, "Code.ZipFile holds source for the runtimes nodejs and python only, and the Runtime is '%s': put a package into a bucket and name it in S3Bucket and S3Key", runtime)
}

// packed makes the same package of the same files.
func packed(files map[string]string) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		header.SetMode(0o644)
		file, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := file.Write([]byte(files[name])); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
