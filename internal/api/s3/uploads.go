package s3

import (
	"encoding/xml"
	"net/http"

	"sluice/internal/bucket"
)

// initiator is who began an upload.
type initiator struct {
	ID          string
	DisplayName string
}

type partEntry struct {
	PartNumber   int
	LastModified string
	ETag         string
	checksums
	Size int64
}

type partList struct {
	XMLName              xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListPartsResult"`
	Bucket               string
	Key                  string
	UploadID             string `xml:"UploadId"`
	Initiator            initiator
	Owner                *owner
	StorageClass         string
	PartNumberMarker     int
	NextPartNumberMarker int
	MaxParts             int
	IsTruncated          bool
	ChecksumAlgorithm    bucket.Algorithm `xml:",omitempty"`
	ChecksumType         string           `xml:",omitempty"`
	Part                 []partEntry
}

// listParts is ListParts.
func (s *Server) listParts(r *request) error {
	most, err := r.maximum("max-parts", "max-parts")
	if err != nil {
		return err
	}
	after := int64(0)
	if marker := r.query.Get("part-number-marker"); marker != "" {
		if after, err = parseNumber(marker, 0, 1<<31-1); err != nil {
			return invalidArgument("part-number-marker", marker, "Provided part-number-marker not an integer or within integer range")
		}
	}
	id := r.query.Get("uploadId")
	u, parts, err := s.buckets.Parts(r.Context(), r.place(), r.key, id, int(after), most+1)
	if err != nil {
		return err
	}
	answer := partList{
		Bucket: r.bucket, Key: r.key, UploadID: id, Initiator: initiator{r.arn, r.account}, Owner: ownerOf(r.account),
		StorageClass: "STANDARD", PartNumberMarker: int(after), MaxParts: most, ChecksumAlgorithm: u.Algorithm, ChecksumType: uploadType(u),
	}
	for _, p := range parts {
		if len(answer.Part) == most {
			answer.IsTruncated = true
			break
		}
		answer.Part = append(answer.Part, partEntry{p.Number, stamp(p.Modified), quoted(p.ETag), checksumsOf(p.Checksum), p.Size})
		answer.NextPartNumberMarker = p.Number
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}

type uploadEntry struct {
	Key               string
	UploadID          string `xml:"UploadId"`
	Initiator         initiator
	Owner             *owner
	StorageClass      string
	Initiated         string
	ChecksumAlgorithm bucket.Algorithm `xml:",omitempty"`
	ChecksumType      string           `xml:",omitempty"`
}

type uploadList struct {
	XMLName            xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListMultipartUploadsResult"`
	Bucket             string
	KeyMarker          string
	UploadIDMarker     string `xml:"UploadIdMarker"`
	NextKeyMarker      string
	NextUploadIDMarker string `xml:"NextUploadIdMarker"`
	Prefix             string `xml:",omitempty"`
	Delimiter          string `xml:",omitempty"`
	EncodingType       string `xml:",omitempty"`
	MaxUploads         int
	IsTruncated        bool
	Upload             []uploadEntry
	CommonPrefixes     []commonPrefix
}

// listMultipartUploads is ListMultipartUploads.
func (s *Server) listMultipartUploads(r *request) error {
	e, err := r.encoder()
	if err != nil {
		return err
	}
	l := bucket.Listing{Prefix: r.query.Get("prefix"), Delimiter: r.query.Get("delimiter"), After: r.query.Get("key-marker")}
	if l.Max, err = r.maximum("max-uploads", "max-uploads"); err != nil {
		return err
	}
	answer := uploadList{
		Bucket: r.bucket, KeyMarker: e.text(l.After), Prefix: e.text(l.Prefix), Delimiter: e.text(l.Delimiter),
		EncodingType: e.name(), MaxUploads: l.Max,
	}
	if l.After != "" { // an ID alone means nothing
		l.Version = r.query.Get("upload-id-marker")
		answer.UploadIDMarker = l.Version
	}
	page, err := s.buckets.Uploads(r.Context(), r.place(), l)
	if err != nil {
		return err
	}
	answer.IsTruncated, answer.CommonPrefixes = page.Truncated, commonPrefixes(page.Prefixes, e)
	answer.NextKeyMarker, answer.NextUploadIDMarker = e.text(page.Next), page.NextVersion
	for _, u := range page.Entries {
		entry := uploadEntry{
			Key: e.text(u.Key), UploadID: u.ID, Initiator: initiator{r.arn, r.account}, Owner: ownerOf(r.account),
			StorageClass: "STANDARD", Initiated: stamp(u.Created), ChecksumAlgorithm: u.Algorithm, ChecksumType: uploadType(u),
		}
		answer.Upload = append(answer.Upload, entry)
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}
