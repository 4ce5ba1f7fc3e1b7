package s3

import (
	"encoding/xml"
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// createMultipartUpload is CreateMultipartUpload.
func (s *Server) createMultipartUpload(r *request) error {
	labels, err := r.labels()
	if err != nil {
		return err
	}
	u := bucket.Upload{Key: r.key, Labels: labels}
	if err := r.checksumOfUpload(&u); err != nil {
		return err
	}
	begun, err := s.buckets.Begin(r.Context(), r.place(), u)
	if err != nil {
		return err
	}
	if u.Algorithm != "" {
		r.w.Header().Set("X-Amz-Checksum-Algorithm", string(u.Algorithm))
		r.w.Header().Set("X-Amz-Checksum-Type", uploadType(begun))
	}
	r.showEncryption(labels.Headers)
	r.sendXML(http.StatusOK, struct {
		XMLName  xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ InitiateMultipartUploadResult"`
		Bucket   string
		Key      string
		UploadID string `xml:"UploadId"`
	}{Bucket: r.bucket, Key: r.key, UploadID: begun.ID})
	return nil
}

func uploadType(u *bucket.Upload) string {
	return checksumType(bucket.Checksum{Algorithm: u.Algorithm, Composite: !u.Whole})
}

// checksumOfUpload reads which checksum the parts get, and what the object's is over.
func (r *request) checksumOfUpload(u *bucket.Upload) error {
	u.Algorithm = bucket.Algorithm(strings.ToUpper(r.Header.Get("X-Amz-Checksum-Algorithm")))
	if u.Algorithm == "" {
		return nil
	}
	if !u.Algorithm.Known() {
		return unknownAlgorithm()
	}
	kind := strings.ToUpper(r.Header.Get("X-Amz-Checksum-Type"))
	u.Whole = kind == "FULL_OBJECT" || kind == "" && u.Algorithm == bucket.CRC64NVME
	if kind != "" && kind != "FULL_OBJECT" && kind != "COMPOSITE" {
		return invalidArgument("x-amz-checksum-type", kind, "Value for x-amz-checksum-type header is invalid.")
	}
	if u.Whole && !u.Algorithm.Linear() || !u.Whole && u.Algorithm == bucket.CRC64NVME {
		return refusal("InvalidRequest", http.StatusBadRequest, "The "+kind+" checksum type cannot be used with the "+strings.ToLower(string(u.Algorithm))+" checksum algorithm.")
	}
	return nil
}

// uploadPart is UploadPart and UploadPartCopy.
func (s *Server) uploadPart(r *request) error {
	number, err := parseNumber(r.query.Get("partNumber"), 1, bucket.MaxPart)
	if err != nil {
		return invalidArgument("partNumber", r.query.Get("partNumber"), "Part number must be an integer between 1 and 10000, inclusive")
	}
	if r.Header.Get("X-Amz-Copy-Source") != "" {
		return s.uploadPartCopy(r, int(number))
	}
	if err := r.checkUnserved(); err != nil {
		return err
	}
	body, err := r.content()
	if err != nil {
		return err
	}
	part, err := s.buckets.PutPart(r.Context(), r.place(), r.key, r.query.Get("uploadId"), int(number), body)
	if err != nil {
		return err
	}
	r.w.Header().Set("ETag", quoted(part.ETag))
	r.w.Header().Set("X-Amz-Server-Side-Encryption", "AES256")
	if c := part.Checksum; c.Algorithm != "" {
		r.w.Header().Set(checksumPrefix+string(c.Algorithm), c.Value)
	}
	r.begin(http.StatusOK)
	return nil
}

func (s *Server) uploadPartCopy(r *request, number int) error {
	from, err := r.source()
	if err != nil {
		return err
	}
	header := r.Header.Get("X-Amz-Copy-Source-Range")
	part, source, err := s.buckets.CopyPart(r.Context(), r.place(), r.key, r.query.Get("uploadId"), number, from,
		func(size int64) (offset, length int64, err error) { return copiedRange(header, size) })
	if err != nil {
		return err
	}
	if source.Version != bucket.NullVersion {
		r.w.Header().Set("X-Amz-Copy-Source-Version-Id", source.Version)
	}
	answer := copied{stamp(part.Modified), quoted(part.ETag), checksumsOf(part.Checksum)}
	r.sendXML(http.StatusOK, struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CopyPartResult"`
		copied
	}{copied: answer})
	return nil
}

// copiedRange reads the header x-amz-copy-source-range, which has to lie within the object.
func copiedRange(header string, size int64) (offset, length int64, err error) {
	if header == "" {
		return 0, size, nil
	}
	asked, ok := parseRange(header, 1<<62)
	if !ok || strings.HasPrefix(header, "bytes=-") || strings.HasSuffix(header, "-") {
		return 0, 0, invalidArgument("x-amz-copy-source-range", header,
			"The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")
	}
	if asked.offset+asked.length > size {
		return 0, 0, invalidArgument("x-amz-copy-source-range", header, "Range specified is not valid for source object of size: "+text(size))
	}
	return asked.offset, asked.length, nil
}

// completeMultipartUpload is CompleteMultipartUpload.
func (s *Server) completeMultipartUpload(r *request) error {
	var in struct {
		Parts []struct {
			PartNumber int
			ETag       string
			checksums
		} `xml:"Part"`
	}
	body, err := r.plain()
	if err != nil {
		return err
	}
	if len(body) == 0 || xml.Unmarshal(body, &in) != nil || len(in.Parts) == 0 {
		return malformedXML()
	}
	c := bucket.Completion{Place: r.place(), Key: r.key, Upload: r.query.Get("uploadId"), Verify: r.checkCompleted}
	for _, p := range in.Parts {
		c.Parts = append(c.Parts, bucket.Named{Number: p.PartNumber, ETag: p.ETag, Checksum: p.first()})
	}
	if c.Condition, err = r.writeCondition(); err != nil {
		return err
	}
	o, err := s.buckets.Complete(r.Context(), c)
	if err != nil {
		return err
	}
	r.showVersion(o)
	r.showEncryption(o.Headers)
	r.sendCompleted(o)
	return nil
}

func (r *request) sendCompleted(o *bucket.Object) {
	sums := checksumsOf(o.Checksum)
	sums.ChecksumType = checksumType(o.Checksum)
	r.sendXML(http.StatusOK, struct {
		XMLName  xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CompleteMultipartUploadResult"`
		Location string
		Bucket   string
		Key      string
		ETag     string
		checksums
	}{
		Location: "http://" + r.Host + sentPath(r.Request), Bucket: r.bucket, Key: r.key, ETag: quoted(o.ETag), checksums: sums,
	})
}

// checkCompleted compares the object with what the request says of it.
func (r *request) checkCompleted(o *bucket.Object) error {
	if header := r.Header.Get("X-Amz-Mp-Object-Size"); header != "" && header != text(o.Size) {
		return refusal("InvalidRequest", http.StatusBadRequest,
			"The provided 'x-amz-mp-object-size' header value "+header+" does not match what was computed: "+text(o.Size))
	}
	for _, a := range bucket.Algorithms {
		want := r.Header.Get(checksumPrefix + string(a))
		if want != "" && a == o.Checksum.Algorithm && strings.Split(want, "-")[0] != strings.Split(o.Checksum.Value, "-")[0] {
			return badDigest(strings.ToLower(string(a)), "calculated")
		}
	}
	return nil
}

// abortMultipartUpload is AbortMultipartUpload.
func (s *Server) abortMultipartUpload(r *request) error {
	if err := s.buckets.Abort(r.Context(), r.place(), r.key, r.query.Get("uploadId")); err != nil {
		return err
	}
	r.begin(http.StatusNoContent)
	return nil
}
