package s3

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"sluice/internal/bucket"
)

const metadataPrefix = "X-Amz-Meta-"

// maxMetadata is how much a client's own metadata may be, in bytes: names and values (AWS's page "Working with object
// metadata").
const maxMetadata = 2 << 10

// kept are the headers that are kept with an object and sent back with it.
var kept = []string{
	"Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires",
	"X-Amz-Website-Redirect-Location", "X-Amz-Storage-Class",
}

// encryption are those that say how an object is encrypted. They are kept, and nothing is encrypted.
var encryption = []string{
	"X-Amz-Server-Side-Encryption", "X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", "X-Amz-Server-Side-Encryption-Bucket-Key-Enabled",
}

var storageClasses = " STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER_IR "

// labels reads what the request says about the object that it makes.
func (r *request) labels() (bucket.Labels, error) {
	l := bucket.Labels{Headers: map[string]string{}, Metadata: map[string]string{}}
	if err := r.checkUnserved(); err != nil {
		return l, err
	}
	for _, name := range slices.Concat(kept, encryption) {
		if value := r.Header.Get(name); value != "" {
			l.Headers[name] = value
		}
	}
	if encoding := withoutChunked(l.Headers["Content-Encoding"]); encoding != "" {
		l.Headers["Content-Encoding"] = encoding
	} else {
		delete(l.Headers, "Content-Encoding")
	}
	if l.Headers["Content-Type"] == "" {
		l.Headers["Content-Type"] = "binary/octet-stream"
	}
	if l.Headers["X-Amz-Storage-Class"] == "STANDARD" {
		delete(l.Headers, "X-Amz-Storage-Class") // S3 does not tell the usual one
	}
	var err error
	if l.Metadata, err = r.metadata(); err != nil {
		return l, err
	}
	l.Tags, err = r.sentTags()
	return l, err
}

// checkUnserved refuses what promises an effect that Sluice does not have.
func (r *request) checkUnserved() error {
	if class := r.Header.Get("X-Amz-Storage-Class"); class != "" && !strings.Contains(storageClasses, " "+class+" ") {
		return refusal("InvalidStorageClass", http.StatusBadRequest, "The storage class you specified is not valid", extra{"StorageClassRequested", class})
	}
	for _, header := range []string{
		"X-Amz-Server-Side-Encryption-Customer-Algorithm", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Legal-Hold",
		"X-Amz-Write-Offset-Bytes",
	} {
		if r.Header.Get(header) != "" {
			return notImplemented("the header " + strings.ToLower(header) + " of S3")
		}
	}
	return r.checkACL()
}

func (r *request) metadata() (map[string]string, error) {
	metadata, size := map[string]string{}, 0
	for name, values := range r.Header {
		short, ok := strings.CutPrefix(name, metadataPrefix)
		if !ok {
			continue
		}
		value := strings.Join(values, ",")
		if decoded, err := new(mime.WordDecoder).DecodeHeader(value); err == nil && decoded != value {
			value = mime.QEncoding.Encode("UTF-8", decoded)
		}
		metadata[strings.ToLower(short)] = value
		size += len(short) + len(value)
	}
	if size > maxMetadata {
		return nil, refusal("MetadataTooLarge", http.StatusBadRequest, "Your metadata headers exceed the maximum allowed metadata size",
			extra{"Size", text(int64(size))}, extra{"MaxSizeAllowed", text(maxMetadata)})
	}
	return metadata, nil
}

// withoutChunked removes the encoding that is the request's and not the object's.
func withoutChunked(encoding string) string {
	var left []string
	for each := range strings.SplitSeq(encoding, ",") {
		if each = strings.TrimSpace(each); each != "" && !strings.EqualFold(each, "aws-chunked") {
			left = append(left, each)
		}
	}
	return strings.Join(left, ",")
}
