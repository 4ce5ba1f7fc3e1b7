package s3

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// setting is a document about a bucket, which is shown as it was put and has no effect.
type setting struct {
	root     string  // the XML's root element; empty for a document that is JSON
	initial  string  // what a bucket has that was never told otherwise; within the root element
	missing  failure // what is answered if there is nothing
	readOnly bool    // putting it would promise an effect that Sluice does not have
	emptied  int     // the status of its deletion; 0 if it has none
}

const none = http.StatusNotFound

// settings are the documents by the parameter that asks for them (AWS's reference of S3; answers recorded by others).
var settings = map[string]*setting{
	"encryption": {root: "ServerSideEncryptionConfiguration", emptied: 204,
		initial: "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>"},
	"publicAccessBlock": {root: "PublicAccessBlockConfiguration", emptied: 204,
		initial: "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>",
		missing: failure{code: "NoSuchPublicAccessBlockConfiguration", status: none, message: "The public access block configuration was not found"}},
	"ownershipControls": {root: "OwnershipControls", emptied: 204,
		initial: "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>",
		missing: failure{code: "OwnershipControlsNotFoundError", status: none, message: "The bucket ownership controls were not found"}},
	"policy": {emptied: 204,
		missing: failure{code: "NoSuchBucketPolicy", status: none, message: "The bucket policy does not exist"}},
	"tagging": {root: "Tagging", emptied: 204,
		missing: failure{code: "NoSuchTagSet", status: none, message: "The TagSet does not exist"}},
	"cors": {root: "CORSConfiguration", emptied: 204,
		missing: failure{code: "NoSuchCORSConfiguration", status: none, message: "The CORS configuration does not exist"}},
	"lifecycle": {root: "LifecycleConfiguration", emptied: 204,
		missing: failure{code: "NoSuchLifecycleConfiguration", status: none, message: "The lifecycle configuration does not exist"}},
	"logging":        {root: "BucketLoggingStatus", initial: " "},
	"requestPayment": {root: "RequestPaymentConfiguration", initial: "<Payer>BucketOwner</Payer>"},
	"accelerate":     {root: "AccelerateConfiguration", initial: " ", readOnly: true},
	"notification":   {root: "NotificationConfiguration", initial: " ", readOnly: true},
	"website": {root: "WebsiteConfiguration", readOnly: true, emptied: 204,
		missing: failure{code: "NoSuchWebsiteConfiguration", status: none, message: "The specified bucket does not have a website configuration"}},
	"replication": {root: "ReplicationConfiguration", readOnly: true, emptied: 204,
		missing: failure{code: "ReplicationConfigurationNotFoundError", status: none, message: "The replication configuration was not found"}},
	"object-lock": {root: "ObjectLockConfiguration", readOnly: true,
		missing: failure{code: "ObjectLockConfigurationNotFoundError", status: none, message: "Object Lock configuration does not exist for this bucket"}},
	"policyStatus": {root: "PolicyStatus", readOnly: true,
		missing: failure{code: "NoSuchBucketPolicy", status: none, message: "The bucket policy does not exist"}},
}

// setting returns what answers a request about one of a bucket's documents; nil if it is about none.
func (r *request) setting() serve {
	name := r.subresource()
	if name == "acl" {
		return map[string]serve{http.MethodGet: (*Server).getBucketACL, http.MethodPut: (*Server).putACL}[r.Method]
	}
	kind := settings[name]
	if kind == nil {
		return nil
	}
	switch {
	case r.Method == http.MethodGet:
		return func(s *Server, r *request) error { return s.getSetting(r, name, kind) }
	case r.Method == http.MethodPut && name != "policyStatus":
		return func(s *Server, r *request) error { return s.putSetting(r, name, kind) }
	case r.Method == http.MethodDelete && kind.emptied != 0:
		return func(s *Server, r *request) error { return s.deleteSetting(r, name, kind) }
	}
	return nil
}

// deleted is what is kept of a document that a bucket has from the beginning and that was deleted.
const deleted = " "

func (s *Server) getSetting(r *request, name string, kind *setting) error {
	b, err := s.buckets.Find(r.Context(), r.place())
	if err != nil {
		return err
	}
	document := b.Settings[name]
	switch {
	case document == "" && kind.initial != "" || document == deleted && kind.missing.code == "":
		document = kind.whole(kind.initial)
	case document == "" || document == deleted:
		f := kind.missing
		f.extras = []extra{{"BucketName", r.bucket}}
		return &f
	}
	if kind.root == "" {
		r.w.Header().Set("Content-Type", "application/json")
		r.begin(http.StatusOK)
		_, _ = io.WriteString(r.w, document) // a client that left
		return nil
	}
	r.sendDocument(http.StatusOK, []byte(document))
	return nil
}

func (k *setting) whole(content string) string {
	return xml.Header + "<" + k.root + ` xmlns="` + namespace + `">` + strings.TrimSpace(content) + "</" + k.root + ">"
}

func (s *Server) putSetting(r *request, name string, kind *setting) error {
	body, err := r.readAll()
	if err != nil {
		return err
	}
	if kind.readOnly && !kind.nothing(body) {
		return notImplemented("PUT ?" + name + " of S3")
	}
	if err := kind.check(body); err != nil {
		return err
	}
	if kind.readOnly {
		if _, err := s.buckets.Find(r.Context(), r.place()); err != nil {
			return err
		}
		r.begin(http.StatusOK)
		return nil
	}
	if err := s.set(r, name, string(body)); err != nil {
		return err
	}
	status := http.StatusOK
	if name == "policy" || name == "tagging" {
		status = http.StatusNoContent
	}
	r.begin(status)
	return nil
}

// maxSetting is the longest document that is kept, in bytes. AWS's bound for a policy is the smallest, at 20 KB.
const (
	maxSetting = 256 << 10
	maxPolicy  = 20 << 10
)

// check reports whether a document can be the setting.
func (k *setting) check(body []byte) error {
	if k.root == "" {
		return checkPolicy(body)
	}
	if len(body) > maxSetting || !k.wellFormed(body) {
		return malformedXML()
	}
	return nil
}

// set keeps a document that has been checked; an empty one deletes it.
func (s *Server) set(r *request, name, document string) error {
	return s.buckets.Amend(r.Context(), r.place(), name, func(before string) (string, error) {
		if name != "tagging" {
			return document, nil
		}
		return document, checkRetag(before, document)
	})
}

// wellFormed reports whether a document is XML with the right root.
func (k *setting) wellFormed(body []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(body))
	root := ""
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root == k.root
		}
		if err != nil {
			return false
		}
		if start, ok := t.(xml.StartElement); ok && root == "" {
			root = start.Name.Local
		}
	}
}

// nothing reports whether a document sets nothing, as the one that takes a setting back.
func (k *setting) nothing(body []byte) bool {
	var in struct {
		Status string
		Inner  string `xml:",innerxml"`
	}
	err := xml.Unmarshal(body, &in)
	return err == nil && (strings.TrimSpace(in.Inner) == "" || in.Status == string(bucket.Suspended))
}

func checkPolicy(body []byte) error {
	if len(body) > maxPolicy {
		return refusal("PolicyTooLarge", http.StatusBadRequest, "Policy exceeds the maximum allowed document size")
	}
	var policy map[string]any
	if json.Unmarshal(body, &policy) != nil {
		return refusal("MalformedPolicy", http.StatusBadRequest, "Policies must be valid JSON and the first byte must be '{'")
	}
	if policy["Statement"] == nil {
		return refusal("MalformedPolicy", http.StatusBadRequest, "Missing required field Statement")
	}
	return nil
}

func (s *Server) deleteSetting(r *request, name string, kind *setting) error {
	document := ""
	if kind.initial != "" {
		document = deleted
	}
	if err := s.set(r, name, document); err != nil {
		return err
	}
	r.begin(kind.emptied)
	return nil
}
