package s3

import (
	"encoding/xml"
	"net/http"

	"sluice/internal/bucket"
)

// objectEntry is an object in a list.
type objectEntry struct {
	Key               string
	VersionID         string `xml:"VersionId,omitempty"`
	IsLatest          *bool  `xml:",omitempty"`
	LastModified      string
	ETag              string           `xml:",omitempty"`
	ChecksumAlgorithm bucket.Algorithm `xml:",omitempty"`
	ChecksumType      string           `xml:",omitempty"`
	Size              *int64           `xml:",omitempty"`
	Owner             *owner           `xml:",omitempty"`
	StorageClass      string           `xml:",omitempty"`
}

func entryOf(o *bucket.Object, e encoder) objectEntry {
	return objectEntry{
		Key: e.text(o.Key), LastModified: stamp(o.Modified), ETag: quoted(o.ETag), Size: new(o.Size), StorageClass: storageClass(o),
		ChecksumAlgorithm: o.Checksum.Algorithm, ChecksumType: checksumType(o.Checksum),
	}
}

func storageClass(o *bucket.Object) string {
	if class := o.Headers["X-Amz-Storage-Class"]; class != "" {
		return class
	}
	return "STANDARD"
}

// checksumType is what a checksum is computed over; empty if there is none.
func checksumType(c bucket.Checksum) string {
	switch {
	case c.Algorithm == "":
		return ""
	case c.Composite:
		return "COMPOSITE"
	}
	return "FULL_OBJECT"
}

type commonPrefix struct{ Prefix string }

func commonPrefixes(all []string, e encoder) (list []commonPrefix) {
	for _, p := range all {
		list = append(list, commonPrefix{e.text(p)})
	}
	return list
}

// objectList is the answer to both versions of ListObjects; each leaves out what the other has.
type objectList struct {
	XMLName               xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListBucketResult"`
	Name                  string
	Prefix                string
	Marker                *string `xml:",omitempty"` // the first version's
	NextMarker            string  `xml:",omitempty"`
	StartAfter            string  `xml:",omitempty"` // the second version's
	ContinuationToken     *string `xml:",omitempty"`
	NextContinuationToken string  `xml:",omitempty"`
	KeyCount              *int    `xml:",omitempty"`
	MaxKeys               int
	Delimiter             string `xml:",omitempty"`
	EncodingType          string `xml:",omitempty"`
	IsTruncated           bool
	Contents              []objectEntry
	CommonPrefixes        []commonPrefix
}

// listing reads what all lists of a bucket have in common.
func (r *request) listing() (bucket.Listing, encoder, error) {
	e, err := r.encoder()
	if err != nil {
		return bucket.Listing{}, e, err
	}
	most, err := r.maximum("max-keys", "maxKeys")
	return bucket.Listing{Prefix: r.query.Get("prefix"), Delimiter: r.query.Get("delimiter"), Max: most}, e, err
}

// listObjects is ListObjects and ListObjectsV2.
func (s *Server) listObjects(r *request) error {
	l, e, err := r.listing()
	if err != nil {
		return err
	}
	second := r.query.Get("list-type") == "2"
	if l.After, err = r.beginning(second); err != nil {
		return err
	}
	page, err := s.buckets.List(r.Context(), r.place(), l)
	if err != nil {
		return err
	}
	answer := objectList{
		Name: r.bucket, Prefix: e.text(l.Prefix), MaxKeys: l.Max, Delimiter: e.text(l.Delimiter), EncodingType: e.name(),
		IsTruncated: page.Truncated, CommonPrefixes: commonPrefixes(page.Prefixes, e),
	}
	for _, o := range page.Entries {
		entry := entryOf(o, e)
		if !second || r.query.Get("fetch-owner") == "true" {
			entry.Owner = ownerOf(r.account)
		}
		answer.Contents = append(answer.Contents, entry)
	}
	answer.paged(r, page, e, second)
	r.sendXML(http.StatusOK, answer)
	return nil
}

// beginning is the key after which a list begins.
func (r *request) beginning(second bool) (string, error) {
	switch {
	case !second:
		return r.query.Get("marker"), nil
	case r.has("continuation-token"):
		if r.query.Get("continuation-token") == "" {
			return "", invalidArgument("continuation-token", "", "The continuation token provided is incorrect")
		}
		return keyOfToken(r.query.Get("continuation-token"))
	}
	return r.query.Get("start-after"), nil
}

// paged says where the page begins and where the next one does.
func (l *objectList) paged(r *request, page bucket.Page[*bucket.Object], e encoder, second bool) {
	if !second {
		l.Marker = new(e.text(r.query.Get("marker")))
		if page.Truncated && l.Delimiter != "" { // without one, clients take the last key
			l.NextMarker = e.text(page.Next)
		}
		return
	}
	l.KeyCount = new(len(page.Entries) + len(page.Prefixes))
	l.StartAfter = e.text(r.query.Get("start-after"))
	if r.has("continuation-token") {
		l.ContinuationToken = new(r.query.Get("continuation-token"))
	}
	if page.Truncated {
		l.NextContinuationToken = token(page.Next)
	}
}

// versionList is the answer to ListObjectVersions. Versions and markers alternate in the order of their keys, in two
// lists as all clients read them.
type versionList struct {
	XMLName             xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListVersionsResult"`
	Name                string
	Prefix              string
	KeyMarker           string
	VersionIDMarker     string `xml:"VersionIdMarker"`
	NextKeyMarker       string `xml:",omitempty"`
	NextVersionIDMarker string `xml:"NextVersionIdMarker,omitempty"`
	MaxKeys             int
	Delimiter           string `xml:",omitempty"`
	EncodingType        string `xml:",omitempty"`
	IsTruncated         bool
	Version             []objectEntry
	DeleteMarker        []objectEntry
	CommonPrefixes      []commonPrefix
}

// listObjectVersions is ListObjectVersions.
func (s *Server) listObjectVersions(r *request) error {
	l, e, err := r.listing()
	if err != nil {
		return err
	}
	l.After, l.Version = r.query.Get("key-marker"), r.query.Get("version-id-marker")
	switch {
	case r.has("version-id-marker") && l.Version == "":
		return invalidArgument("version-id-marker", "", "A version-id marker cannot be empty.")
	case l.Version != "" && l.After == "":
		return invalidArgument("version-id-marker", l.Version, "A version-id marker cannot be specified without a key marker.")
	}
	page, err := s.buckets.ListVersions(r.Context(), r.place(), l)
	if err != nil {
		return err
	}
	answer := versionList{
		Name: r.bucket, Prefix: e.text(l.Prefix), KeyMarker: e.text(l.After), VersionIDMarker: l.Version, MaxKeys: l.Max,
		Delimiter: e.text(l.Delimiter), EncodingType: e.name(), IsTruncated: page.Truncated,
		CommonPrefixes: commonPrefixes(page.Prefixes, e),
	}
	if page.Truncated {
		answer.NextKeyMarker, answer.NextVersionIDMarker = e.text(page.Next), page.NextVersion
	}
	for _, v := range page.Entries {
		answer.add(v, r.account, e)
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}

func (l *versionList) add(v *bucket.Version, account string, e encoder) {
	entry := objectEntry{Key: e.text(v.Key), LastModified: stamp(v.Modified)}
	if !v.Marker {
		entry = entryOf(v.Object, e)
	}
	entry.VersionID, entry.IsLatest, entry.Owner = v.Version, new(v.Newest), ownerOf(account)
	if v.Marker {
		l.DeleteMarker = append(l.DeleteMarker, entry)
		return
	}
	l.Version = append(l.Version, entry)
}
