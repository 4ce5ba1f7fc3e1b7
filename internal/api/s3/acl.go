package s3

import (
	"encoding/xml"
	"net/http"
)

type grant struct {
	Grantee struct {
		XSI  string `xml:"xmlns:xsi,attr"`
		Type string `xml:"xsi:type,attr"`
		ID   string
	}
	Permission string
}

// getBucketACL is GetBucketAcl.
func (s *Server) getBucketACL(r *request) error {
	if _, err := s.buckets.Find(r.Context(), r.place()); err != nil {
		return err
	}
	r.sendACL()
	return nil
}

// getObjectACL is GetObjectAcl.
func (s *Server) getObjectACL(r *request) error {
	if _, err := s.buckets.Head(r.Context(), r.place(), r.key, r.version()); err != nil {
		return err
	}
	r.sendACL()
	return nil
}

// sendACL answers with the only list there is: the owner may do everything.
func (r *request) sendACL() {
	who := ownerOf(r.account)
	all := grant{Permission: "FULL_CONTROL"}
	all.Grantee.XSI, all.Grantee.Type, all.Grantee.ID = "http://www.w3.org/2001/XMLSchema-instance", "CanonicalUser", who.ID
	r.sendXML(http.StatusOK, struct {
		XMLName           xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ AccessControlPolicy"`
		Owner             *owner
		AccessControlList []grant `xml:"AccessControlList>Grant"`
	}{Owner: who, AccessControlList: []grant{all}})
}

// putACL is PutBucketAcl and PutObjectAcl. As AWS's buckets from 2023 on, Sluice's have no lists but the owner's.
func (s *Server) putACL(r *request) error {
	if _, err := s.buckets.Find(r.Context(), r.place()); err != nil {
		return err
	}
	if r.Header.Get("X-Amz-Acl") == "" || r.checkACL() != nil {
		return noACL()
	}
	r.begin(http.StatusOK)
	return nil
}

// checkACL refuses what would give others access.
func (r *request) checkACL() error {
	switch r.Header.Get("X-Amz-Acl") {
	case "", "private", "bucket-owner-full-control":
	default:
		return noACL()
	}
	for _, name := range []string{"Full-Control", "Read", "Read-Acp", "Write", "Write-Acp"} {
		if r.Header.Get("X-Amz-Grant-"+name) != "" {
			return noACL()
		}
	}
	return nil
}

func noACL() error {
	return refusal("AccessControlListNotSupported", http.StatusBadRequest, "The bucket does not allow ACLs")
}
