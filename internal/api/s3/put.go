package s3

import (
	"net/http"

	"sluice/internal/bucket"
)

// putObject is PutObject and CopyObject.
func (s *Server) putObject(r *request) error {
	if r.Header.Get("X-Amz-Copy-Source") != "" {
		return s.copyObject(r)
	}
	d := bucket.Draft{Place: r.place(), Key: r.key}
	var err error
	if d.Labels, err = r.labels(); err != nil {
		return err
	}
	if d.Condition, err = r.writeCondition(); err != nil {
		return err
	}
	if d.Body, err = r.content(); err != nil {
		return err
	}
	o, err := s.buckets.Put(r.Context(), d)
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("ETag", quoted(o.ETag))
	r.showEncryption(o.Headers)
	r.showChecksum(o.Checksum)
	r.showVersion(o)
	r.begin(http.StatusOK)
	return nil
}

// showEncryption tells what AWS tells: objects there are always encrypted, and clients read it back.
func (r *request) showEncryption(headers map[string]string) {
	r.w.Header().Set("X-Amz-Server-Side-Encryption", "AES256")
	for _, name := range encryption {
		if value := headers[name]; value != "" {
			r.w.Header().Set(name, value)
		}
	}
}
