package s3

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"

	"sluice/internal/bucket"
)

// source reads the header x-amz-copy-source: BUCKET/KEY, with or without a slash before and a version behind it.
func (r *request) source() (bucket.Source, error) {
	header := r.Header.Get("X-Amz-Copy-Source")
	path, query, _ := strings.Cut(header, "?")
	path, err := url.PathUnescape(path)
	invalid := invalidArgument("x-amz-copy-source", header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
	if err != nil {
		return bucket.Source{}, invalid
	}
	name, key, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if !ok || name == "" || key == "" {
		return bucket.Source{}, invalid
	}
	from := bucket.Source{Place: r.other(name), Key: key, Allowed: r.allowCopy}
	if err := bucket.CheckKey(key); err != nil {
		return from, &bucket.Unfound{From: from, Err: err}
	}
	from.Region = "" // a source may lie in any region
	if version, ok := strings.CutPrefix(query, "versionId="); ok {
		if from.Version, err = url.QueryUnescape(version); err != nil || from.Version == "" {
			return from, invalidArgument("x-amz-copy-source", header, "Invalid version id specified")
		}
	}
	return from, nil
}

func (r *request) allowCopy(o *bucket.Object) error {
	if header, _ := r.preconditions("x-amz-copy-source-").failed(o); header != "" {
		return failedCondition(header)
	}
	return nil
}

// copyObject is CopyObject.
func (s *Server) copyObject(r *request) error {
	from, err := r.source()
	if err != nil {
		return err
	}
	c := bucket.Copy{Place: r.place(), Key: r.key, From: from}
	if err := r.directives(&c); err != nil {
		return err
	}
	if c.Condition, err = r.writeCondition(); err != nil {
		return err
	}
	made, source, err := s.buckets.CopyObject(r.Context(), c)
	if err != nil {
		return err
	}
	if source.Version != bucket.NullVersion {
		r.w.Header().Set("X-Amz-Copy-Source-Version-Id", source.Version)
	}
	r.showEncryption(made.Headers)
	r.showVersion(made)
	r.sendXML(http.StatusOK, struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CopyObjectResult"`
		copied
	}{copied: copiedOf(made.ETag, stamp(made.Modified), made.Checksum)})
	return nil
}

// copied is what an answer tells of a copy.
type copied struct {
	LastModified string
	ETag         string
	checksums
}

func copiedOf(etag, modified string, sum bucket.Checksum) copied {
	c := copied{modified, quoted(etag), checksumsOf(sum)}
	c.ChecksumType = checksumType(sum)
	return c
}

// directives reads what the copy keeps of its source.
func (r *request) directives(c *bucket.Copy) error {
	labels, err := r.labels()
	if err != nil {
		return err
	}
	switch directive := r.Header.Get("X-Amz-Metadata-Directive"); directive {
	case "", "COPY":
	case "REPLACE":
		c.Labels = &labels
	default:
		return invalidArgument("x-amz-metadata-directive", directive, "Unknown metadata directive.")
	}
	switch directive := r.Header.Get("X-Amz-Tagging-Directive"); directive {
	case "", "COPY":
	case "REPLACE":
		c.Tags = &labels.Tags
	default:
		return invalidArgument("x-amz-tagging-directive", directive, "Unknown tagging directive.")
	}
	for _, name := range []string{"X-Amz-Storage-Class", "X-Amz-Server-Side-Encryption", "X-Amz-Website-Redirect-Location"} {
		c.SameAllowed = c.SameAllowed || r.Header.Get(name) != ""
	}
	return nil
}
