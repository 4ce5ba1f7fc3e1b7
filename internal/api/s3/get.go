package s3

import (
	"io"
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// getObject is GetObject.
func (s *Server) getObject(r *request) error {
	o, content, err := s.buckets.Open(r.Context(), r.place(), r.key, r.version())
	if err != nil {
		return r.missing(o, err)
	}
	defer func() { _ = content.Close() }()
	part, err := r.answerHead(o)
	if err != nil {
		return err
	}
	return r.send(content.Section(part.offset, part.length), part.length)
}

// headObject is HeadObject.
func (s *Server) headObject(r *request) error {
	o, err := s.buckets.Head(r.Context(), r.place(), r.key, r.version())
	if err != nil {
		return r.missing(o, err)
	}
	_, err = r.answerHead(o)
	return err
}

// missing adds to the error of an object that is not there that a marker is there.
func (r *request) missing(o *bucket.Object, err error) error {
	if o == nil || !o.Marker {
		return err
	}
	h := r.w.Header()
	h.Set("X-Amz-Delete-Marker", "true")
	h.Set("X-Amz-Version-Id", o.Version)
	if r.version() != "" {
		h.Set("Last-Modified", o.Modified.Format(http.TimeFormat))
		h.Set("Allow", "DELETE")
	}
	return err
}

// answerHead sends the status and the headers of an object, and returns the part of it that is asked for.
func (r *request) answerHead(o *bucket.Object) (stretch, error) {
	if err := r.checkConditions(o); err != nil {
		return stretch{}, err
	}
	part, err := r.stretch(o)
	if err != nil {
		return part, err
	}
	r.describe(o, part)
	h := r.w.Header()
	h.Set("Content-Length", text(part.length))
	status := http.StatusOK
	if part.partial {
		h.Set("Content-Range", part.of(o.Size))
		status = http.StatusPartialContent
	}
	r.begin(status)
	return part, nil
}

// overrides are the headers that the query may replace.
var overrides = []string{"Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding"}

// describe sets the headers that describe an object.
func (r *request) describe(o *bucket.Object, part stretch) {
	h := r.w.Header()
	h.Set("Accept-Ranges", "bytes")
	h.Set("ETag", quoted(o.ETag))
	h.Set("Last-Modified", o.Modified.Format(http.TimeFormat))
	h.Set("X-Amz-Server-Side-Encryption", "AES256")
	for name, value := range o.Headers {
		h.Set(name, value)
	}
	for name, value := range o.Metadata {
		h[strings.ToLower(metadataPrefix)+name] = []string{value} // as sent: clients make names of them, and in HTTP/1.1 case is kept
	}
	if n := len(o.Tags); n > 0 {
		h.Set("X-Amz-Tagging-Count", text(int64(n)))
	}
	for _, name := range overrides {
		if value := r.query.Get("response-" + strings.ToLower(name)); value != "" {
			h.Set(name, value)
		}
	}
	if part.parts > 0 {
		h.Set("X-Amz-Mp-Parts-Count", text(int64(part.parts)))
	}
	if strings.EqualFold(r.Header.Get("X-Amz-Checksum-Mode"), "enabled") && !part.partial {
		r.showChecksum(o.Checksum)
	}
	r.showVersion(o)
}

func (r *request) showChecksum(c bucket.Checksum) {
	if c.Algorithm == "" {
		return
	}
	r.w.Header().Set(checksumPrefix+string(c.Algorithm), c.Value)
	r.w.Header().Set("X-Amz-Checksum-Type", checksumType(c))
}

// showVersion tells a version's ID. Where there are no versions, there is none to tell.
func (r *request) showVersion(o *bucket.Object) {
	if o.Version != bucket.NullVersion || r.version() != "" {
		r.w.Header().Set("X-Amz-Version-Id", o.Version)
	}
}

func quoted(etag string) string {
	if etag == "" {
		return ""
	}
	return `"` + etag + `"`
}

// sendBuffer is how much of an object is read at once, in bytes.
const sendBuffer = 256 << 10

// send sends content whose length has been announced.
func (r *request) send(content io.Reader, length int64) error {
	buffer := make([]byte, min(sendBuffer, length))
	for length > 0 {
		n, err := io.ReadFull(content, buffer[:min(int64(len(buffer)), length)])
		if err != nil {
			return err
		}
		if _, err := r.w.Write(buffer[:n]); err != nil {
			return nil // the client has left, and nobody is there to be told
		}
		length -= int64(n)
	}
	return nil
}

// getObjectAttributes is GetObjectAttributes.
func (s *Server) getObjectAttributes(r *request) error {
	o, err := s.buckets.Head(r.Context(), r.place(), r.key, r.version())
	if err != nil {
		return r.missing(o, err)
	}
	wanted := r.Header.Values("X-Amz-Object-Attributes")
	if len(wanted) == 0 {
		return refusal("InvalidRequest", http.StatusBadRequest, "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty")
	}
	answer, err := attributesOf(o, strings.Split(strings.Join(wanted, ","), ","))
	if err != nil {
		return err
	}
	r.w.Header().Set("Last-Modified", o.Modified.Format(http.TimeFormat))
	r.showVersion(o)
	r.sendXML(http.StatusOK, answer)
	return nil
}
