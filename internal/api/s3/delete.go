package s3

import (
	"encoding/xml"
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// deleteObject is DeleteObject.
func (s *Server) deleteObject(r *request) error {
	condition, err := r.writeCondition()
	if err != nil {
		return err
	}
	done, err := s.buckets.DeleteObject(r.Context(), r.place(), r.key, r.version(), condition)
	if err != nil {
		return err
	}
	if done.Marker {
		r.w.Header().Set("X-Amz-Delete-Marker", "true")
	}
	if done.Version != "" {
		r.w.Header().Set("X-Amz-Version-Id", done.Version)
	}
	r.begin(http.StatusNoContent)
	return nil
}

// maxDeletions is how many objects one request may delete.
const maxDeletions = 1000

type deletions struct {
	Quiet   bool
	Objects []struct {
		Key       string
		VersionID string `xml:"VersionId"`
		ETag      string
	} `xml:"Object"`
}

type deletedEntry struct {
	Key                   string
	VersionID             string `xml:"VersionId,omitempty"`
	DeleteMarker          bool   `xml:",omitempty"`
	DeleteMarkerVersionID string `xml:"DeleteMarkerVersionId,omitempty"`
}

type failedDeletion struct {
	Key       string
	VersionID string `xml:"VersionId,omitempty"`
	Code      string
	Message   string
}

// deleteObjects is DeleteObjects. Each deletion succeeds or fails for itself.
func (s *Server) deleteObjects(r *request) error {
	var in deletions
	if err := r.readXML(&in, false); err != nil {
		return err
	}
	if len(in.Objects) == 0 || len(in.Objects) > maxDeletions {
		return malformedXML()
	}
	if _, err := s.buckets.Find(r.Context(), r.place()); err != nil {
		return err
	}
	answer := struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ DeleteResult"`
		Deleted []deletedEntry
		Error   []failedDeletion
	}{}
	for _, o := range in.Objects {
		done, err := s.buckets.DeleteObject(r.Context(), r.place(), o.Key, o.VersionID, bucket.Condition{ETag: strings.Trim(o.ETag, `"`)})
		if err != nil {
			f := failureOf(err, r)
			if f.status >= http.StatusInternalServerError {
				return err
			}
			answer.Error = append(answer.Error, failedDeletion{o.Key, o.VersionID, f.code, f.message})
			continue
		}
		if in.Quiet {
			continue
		}
		entry := deletedEntry{Key: o.Key, VersionID: o.VersionID, DeleteMarker: done.Marker}
		if done.Marker {
			entry.DeleteMarkerVersionID = done.Version
		}
		answer.Deleted = append(answer.Deleted, entry)
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}
