package s3

import (
	"net/http"
)

// serve answers one operation.
type serve func(*Server, *request) error

// route is an operation's address: a method, and a parameter of the query that has to be there, if one is named.
type route struct {
	method, parameter string
	serve             serve
}

// The operations, by what they are about. Of those with one method the first whose parameter is there is meant.
var (
	ofService = []route{{http.MethodGet, "", (*Server).listBuckets}}

	ofBucket = []route{
		{http.MethodGet, "location", (*Server).getBucketLocation},
		{http.MethodGet, "versioning", (*Server).getBucketVersioning},
		{http.MethodPut, "versioning", (*Server).putBucketVersioning},
		{http.MethodGet, "versions", (*Server).listObjectVersions},
		{http.MethodGet, "uploads", (*Server).listMultipartUploads},
		{http.MethodPost, "delete", (*Server).deleteObjects},
		{http.MethodGet, "", (*Server).listObjects}, // both versions of it
		{http.MethodHead, "", (*Server).headBucket},
		{http.MethodPut, "", (*Server).createBucket},
		{http.MethodDelete, "", (*Server).deleteBucket},
	}

	ofObject = []route{
		{http.MethodGet, "uploadId", (*Server).listParts},
		{http.MethodPut, "uploadId", (*Server).uploadPart}, // and UploadPartCopy
		{http.MethodPost, "uploadId", (*Server).completeMultipartUpload},
		{http.MethodDelete, "uploadId", (*Server).abortMultipartUpload},
		{http.MethodPost, "uploads", (*Server).createMultipartUpload},
		{http.MethodGet, "attributes", (*Server).getObjectAttributes},
		{http.MethodGet, "tagging", (*Server).getObjectTagging},
		{http.MethodPut, "tagging", (*Server).putObjectTagging},
		{http.MethodDelete, "tagging", (*Server).deleteObjectTagging},
		{http.MethodGet, "acl", (*Server).getObjectACL},
		{http.MethodPut, "acl", (*Server).putACL},
		{http.MethodGet, "", (*Server).getObject},
		{http.MethodHead, "", (*Server).headObject},
		{http.MethodPut, "", (*Server).putObject}, // and CopyObject
		{http.MethodDelete, "", (*Server).deleteObject},
	}
)

// subresources are the parameters that make another operation of a request, which Sluice has none for.
var subresources = []string{
	"abac", "accelerate", "acl", "analytics", "annotation", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory",
	"legal-hold", "lifecycle", "location", "logging", "metadataAnnotationTable", "metadataConfiguration", "metadataInventoryTable",
	"metadataJournalTable", "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy",
	"policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select",
	"session", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
}

// operation finds what a request asks for.
func (r *request) operation() (serve, error) {
	if r.control {
		return r.controlOperation()
	}
	routes := ofObject
	switch {
	case r.bucket == "":
		routes = ofService
	case r.key == "":
		if op := r.setting(); op != nil {
			return op, nil
		}
		routes = ofBucket
	}
	subresource := r.subresource()
	for _, route := range routes {
		if route.method == r.Method && (route.parameter == "" && subresource == "" || route.parameter != "" && r.has(route.parameter)) {
			return route.serve, nil
		}
	}
	if subresource != "" {
		return nil, notImplemented(r.Method + " ?" + subresource + " of S3")
	}
	return nil, refusal("MethodNotAllowed", http.StatusMethodNotAllowed, "The specified method is not allowed against this resource.",
		extra{"Method", r.Method}, extra{"ResourceType", r.resource()})
}

func (r *request) subresource() string {
	for _, name := range subresources {
		if r.has(name) {
			return name
		}
	}
	return ""
}

func (r *request) resource() string {
	switch {
	case r.bucket == "":
		return "SERVICE"
	case r.key == "":
		return "BUCKET"
	}
	return "OBJECT"
}
