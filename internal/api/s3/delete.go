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
	targets := make([]bucket.Target, len(in.Objects))
	for i, o := range in.Objects {
		targets[i] = bucket.Target{Key: o.Key, Version: o.VersionID, Condition: bucket.Condition{ETag: strings.Trim(o.ETag, `"`)}}
	}
	done, failed, err := s.buckets.DeleteObjects(r.Context(), r.place(), targets)
	if err != nil {
		return err
	}
	var answer deletionResult
	for i, t := range targets {
		if failed[i] != nil {
			f := failureOf(failed[i], r)
			answer.Error = append(answer.Error, failedDeletion{t.Key, t.Version, f.code, f.message})
		} else if !in.Quiet {
			answer.add(t, done[i])
		}
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}

type deletionResult struct {
	XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ DeleteResult"`
	Deleted []deletedEntry
	Error   []failedDeletion
}

func (d *deletionResult) add(t bucket.Target, done bucket.Deletion) {
	entry := deletedEntry{Key: t.Key, VersionID: t.Version, DeleteMarker: done.Marker}
	if done.Marker {
		entry.DeleteMarkerVersionID = done.Version
	}
	d.Deleted = append(d.Deleted, entry)
}
