package sam

import (
	"net/url"
	"regexp"
	"strings"
)

// code returns where the function's code is, as Lambda takes it.
func (w *functionWork) code() (map[string]any, error) {
	p := w.properties
	switch packaged := w.packageType(); packaged {
	case "Zip":
		return w.zipped()
	case "Image":
		if p["ImageUri"] == nil {
			return nil, invalidResource(w.id, "'ImageUri' must be set.")
		}
		if !truthy(p["ImageUri"]) {
			return nil, invalidResource(w.id, "'ImageUri' requires that a image hosted at a registry be specified.")
		}
		return map[string]any{"ImageUri": p["ImageUri"]}, nil
	default:
		return nil, invalidResource(w.id, "invalid 'PackageType' : %s", str(packaged))
	}
}

func (w *functionWork) packageType() any {
	if packaged := w.properties["PackageType"]; truthy(packaged) {
		return packaged
	}
	return "Zip"
}

// zipped returns code that is written in the template, or else lies in a bucket.
func (w *functionWork) zipped() (code map[string]any, err error) {
	switch inline, uri := w.properties["InlineCode"], w.properties["CodeUri"]; {
	case inline != nil:
		code = map[string]any{"ZipFile": inline}
	case uri != nil:
		if code, err = s3Location(w.id, "CodeUri", uri); err != nil {
			return nil, err
		}
	default:
		return nil, invalidResource(w.id, "Only one of 'InlineCode' or 'CodeUri' can be set.")
	}
	if w.has("SourceKMSKeyArn") {
		code["SourceKMSKeyArn"] = w.properties["SourceKMSKeyArn"]
	}
	return code, nil
}

// checkPackage refuses what a package of the other type would have.
func (w *functionWork) checkPackage() error {
	p := w.function.properties
	if w.packageType() == "Image" {
		for _, name := range []string{"Handler", "Runtime", "Layers"} {
			if truthy(p[name]) {
				return invalidResource(w.id, "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`")
			}
		}
		return nil
	}
	if !truthy(p["Runtime"]) || !truthy(p["Handler"]) {
		return invalidResource(w.id, "Runtime and Handler needs to be present when PackageType is of type `Zip`")
	}
	if truthy(p["ImageConfig"]) {
		return invalidResource(w.id, "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`")
	}
	return nil
}

// storedSecret is a dynamic reference, which cannot stand for a location of S3 if its name has a slash.
var storedSecret = regexp.MustCompile(`{{resolve:(ssm|ssm-secure|secretsmanager):[a-zA-Z0-9_.\-/]+(:\d+)?}}`)

// s3Location returns where an archive lies, from s3://bucket/key?versionId=version or a map of Bucket, Key and Version.
func s3Location(id, property string, location any) (map[string]any, error) {
	switch l := location.(type) {
	case map[string]any:
		if !truthy(l["Bucket"]) || !truthy(l["Key"]) {
			return nil, invalidResource(id, "'%s' requires Bucket and Key properties to be specified.", property)
		}
		code := map[string]any{"S3Bucket": l["Bucket"], "S3Key": l["Key"]}
		if version, given := l["Version"]; given {
			code["S3ObjectVersion"] = version
		}
		return code, nil
	case string:
		if strings.Contains(storedSecret.FindString(l), "/") {
			return nil, invalidResource(id, "Unsupported dynamic reference detected in '%s'. Please consider using alternative 'FunctionCode' object format.", property)
		}
		bucket, key, version, ok := parseS3URI(l)
		if !ok {
			return nil, invalidResource(id, "'%s' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.", property)
		}
		code := map[string]any{"S3Bucket": bucket, "S3Key": key}
		if version != "" {
			code["S3ObjectVersion"] = version
		}
		return code, nil
	}
	return nil, invalidResource(id, "'%s' must be of type dict or string.", property)
}

// parseS3URI takes s3://bucket/key?versionId=version apart.
func parseS3URI(uri string) (bucket, key, version string, ok bool) {
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok || !strings.EqualFold(scheme, "s3") {
		return "", "", "", false
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	bucket, path, slash := strings.Cut(rest, "/")
	if bucket == "" || !slash || strings.ContainsAny(bucket, "[]") {
		return "", "", "", false
	}
	values, _ := url.ParseQuery(query) // what can be read of it counts
	if versions := values["versionId"]; len(versions) == 1 {
		version = versions[0]
	}
	return bucket, strings.TrimLeft(path, "/"), version, true
}
