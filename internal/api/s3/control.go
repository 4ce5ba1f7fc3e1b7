package s3

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
)

// controlPrefix begins the paths of S3 Control, which is an API of its own with S3's signature. Of it Sluice has the tags of
// buckets, since Terraform's provider from 6.23 on asks for them there.
const controlPrefix = "/v20180820/"

// controlled reports whether a request is for S3 Control, whatever its host. It always names an account, which requests for a
// bucket of the prefix's name don't.
func controlled(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, controlPrefix) && r.Header.Get("X-Amz-Account-Id") != ""
}

var ofTags = map[string]serve{
	http.MethodGet: (*Server).listTagsForResource, http.MethodPost: (*Server).tagResource, http.MethodDelete: (*Server).untagResource,
}

// controlOperation finds what a request asks S3 Control for, and of which bucket.
func (r *request) controlOperation() (op serve, err error) {
	arn, found := strings.CutPrefix(r.URL.Path, controlPrefix+"tags/")
	if op = ofTags[r.Method]; !found || op == nil {
		return nil, notImplemented(r.Method + " " + r.URL.Path + " of S3 Control")
	}
	if r.Header.Get("X-Amz-Account-Id") != r.account {
		return nil, refusal("AccessDenied", http.StatusForbidden, "Access Denied")
	}
	r.bucket, err = bucketOfARN(arn)
	return op, err
}

// bucketOfARN reads an ARN such as arn:aws:s3:::BUCKET.
func bucketOfARN(arn string) (name string, err error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || parts[5] == "" {
		return "", refusal("InvalidRequest", http.StatusBadRequest, "The resource ARN is malformed: one of a bucket is arn:aws:s3:::NAME.")
	}
	if parts[2] != "s3" || parts[3]+parts[4] != "" || strings.Contains(parts[5], "/") {
		return "", notImplemented("tags of what is no bucket (" + arn + ") in S3 Control")
	}
	return parts[5], nil
}

const controlNamespace = "http://awss3control.amazonaws.com/doc/2018-08-20/"

type controlTags struct {
	Tags []tag `xml:"Tags>Tag"`
}

func (s *Server) listTagsForResource(r *request) error {
	b, err := s.buckets.Find(r.Context(), r.place())
	if err != nil {
		return err
	}
	tags, err := tagsOf(b.Settings["tagging"])
	if err != nil {
		return err
	}
	r.sendXML(http.StatusOK, struct {
		XMLName xml.Name
		controlTags
	}{xml.Name{Space: controlNamespace, Local: "ListTagsForResourceResult"}, controlTags{tags}})
	return nil
}

func (s *Server) tagResource(r *request) error {
	var in struct {
		XMLName xml.Name `xml:"TagResourceRequest"`
		controlTags
	}
	if err := r.readXML(&in, false); err != nil {
		return err
	}
	return s.retag(r, func(tags []tag) []tag {
		for _, t := range in.Tags {
			if i := slices.IndexFunc(tags, func(old tag) bool { return old.Key == t.Key }); i >= 0 {
				tags[i] = t
			} else {
				tags = append(tags, t)
			}
		}
		return tags
	})
}

func (s *Server) untagResource(r *request) error {
	return s.retag(r, func(tags []tag) []tag {
		return slices.DeleteFunc(tags, func(t tag) bool { return slices.Contains(r.query["tagKeys"], t.Key) })
	})
}

// retag changes the document that PutBucketTagging keeps.
func (s *Server) retag(r *request, change func([]tag) []tag) error {
	err := s.buckets.Amend(r.Context(), r.place(), "tagging", func(document string) (string, error) {
		tags, err := tagsOf(document)
		if err != nil {
			return "", err
		}
		after := ""
		if tags = change(tags); len(tags) > 0 {
			after = taggingDocument(tags)
		}
		return after, checkRetag(document, after)
	})
	if err == nil {
		r.begin(http.StatusNoContent)
	}
	return err
}

// tagsOf reads what is kept of a bucket's tags; an empty document has none.
func tagsOf(document string) ([]tag, error) {
	if document == "" {
		return nil, nil
	}
	return parseTagging([]byte(document))
}
