package s3

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

type tag struct {
	Key   string
	Value string
}

type tagging struct {
	XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ Tagging"`
	Tags    []tag    `xml:"TagSet>Tag"`
}

// AWS's bounds (page "Categorizing your storage using tags").
const (
	maxBucketTags = 50
	maxObjectTags = 10
	maxTagKey     = 128 // characters
	maxTagValue   = 256
)

func parseTagging(body []byte) ([]tag, error) {
	var in struct {
		Tags []tag `xml:"TagSet>Tag"`
	}
	if err := xml.Unmarshal(body, &in); err != nil {
		return nil, malformedXML()
	}
	return in.Tags, nil
}

func taggingDocument(tags []tag) string {
	body, _ := xml.Marshal(tagging{Tags: tags}) // strings can be written
	return xml.Header + string(body)
}

func checkTags(tags []tag, most int) error {
	if len(tags) > most {
		return refusal("BadRequest", http.StatusBadRequest, "Object tags cannot be greater than "+text(int64(most)))
	}
	seen := map[string]bool{}
	for _, t := range tags {
		switch {
		case t.Key == "" || utf8.RuneCountInString(t.Key) > maxTagKey:
			return refusal("InvalidTag", http.StatusBadRequest, "The TagKey you have provided is invalid", extra{"TagKey", t.Key})
		case utf8.RuneCountInString(t.Value) > maxTagValue:
			return refusal("InvalidTag", http.StatusBadRequest, "The TagValue you have provided is invalid", extra{"TagKey", t.Key}, extra{"TagValue", t.Value})
		case strings.HasPrefix(t.Key, systemTag):
			return refusal("InvalidTag", http.StatusBadRequest, "System tags cannot be added/updated by requester", extra{"TagKey", t.Key})
		case seen[t.Key]:
			return refusal("InvalidTag", http.StatusBadRequest, "Cannot provide multiple Tags with the same key", extra{"TagKey", t.Key})
		}
		seen[t.Key] = true
	}
	return nil
}

// systemTag is how the keys of tags begin that AWS's services set, such as those of stacks.
const systemTag = "aws:"

// checkRetag refuses tags that a bucket can't get instead of those before. AWS's own stay as they are, whoever else asks.
func checkRetag(before, after string) error {
	old, err := tagsOf(before)
	if err != nil {
		return err
	}
	now, err := tagsOf(after)
	if err != nil {
		return err
	}
	for _, t := range old {
		if strings.HasPrefix(t.Key, systemTag) && !slices.ContainsFunc(now, func(other tag) bool { return other.Key == t.Key }) {
			return refusal("InvalidTag", http.StatusBadRequest, "System tags cannot be removed by requester", extra{"TagKey", t.Key})
		}
	}
	unchanged := func(t tag) bool { return strings.HasPrefix(t.Key, systemTag) && slices.Contains(old, t) }
	return checkTags(slices.DeleteFunc(now, unchanged), maxBucketTags)
}

// sentTags reads the header x-amz-tagging, which is a query string.
func (r *request) sentTags() (map[string]string, error) {
	header := r.Header.Get("X-Amz-Tagging")
	if header == "" {
		return nil, nil
	}
	values, err := url.ParseQuery(header)
	if err != nil {
		return nil, invalidArgument("x-amz-tagging", header, "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.")
	}
	var tags []tag
	for name, all := range values {
		for _, value := range all {
			tags = append(tags, tag{name, value})
		}
	}
	return byKey(tags), checkTags(tags, maxObjectTags)
}

func byKey(tags []tag) map[string]string {
	if len(tags) == 0 {
		return nil
	}
	all := make(map[string]string, len(tags))
	for _, t := range tags {
		all[t.Key] = t.Value
	}
	return all
}

// getObjectTagging is GetObjectTagging.
func (s *Server) getObjectTagging(r *request) error {
	o, err := s.buckets.Head(r.Context(), r.place(), r.key, r.version())
	if err != nil {
		return err
	}
	answer := tagging{Tags: []tag{}}
	for name, value := range o.Tags {
		answer.Tags = append(answer.Tags, tag{name, value})
	}
	slices.SortFunc(answer.Tags, func(x, y tag) int { return strings.Compare(x.Key, y.Key) })
	r.showVersion(o)
	r.sendXML(http.StatusOK, answer)
	return nil
}

// putObjectTagging is PutObjectTagging.
func (s *Server) putObjectTagging(r *request) error {
	body, err := r.readAll()
	if err != nil {
		return err
	}
	tags, err := parseTagging(body)
	if err == nil {
		err = checkTags(tags, maxObjectTags)
	}
	if err != nil {
		return err
	}
	return s.tag(r, byKey(tags), http.StatusOK)
}

// deleteObjectTagging is DeleteObjectTagging.
func (s *Server) deleteObjectTagging(r *request) error { return s.tag(r, nil, http.StatusNoContent) }

func (s *Server) tag(r *request, tags map[string]string, status int) error {
	o, err := s.buckets.Describe(r.Context(), r.place(), r.key, r.version(), tags)
	if err != nil {
		return err
	}
	r.showVersion(o)
	r.begin(status)
	return nil
}
