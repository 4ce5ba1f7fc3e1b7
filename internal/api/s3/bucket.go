package s3

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strings"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// owner is who owns an account's buckets. S3 has another ID for an account than everybody else.
type owner struct {
	ID string `xml:"ID"`
}

func ownerOf(account string) *owner {
	sum := sha256.Sum256([]byte("owner " + account))
	return &owner{hex.EncodeToString(sum[:])}
}

type bucketEntry struct {
	BucketARN    string `xml:"BucketArn"`
	BucketRegion string
	CreationDate string
	Name         string
}

// listBuckets is ListBuckets.
func (s *Server) listBuckets(r *request) error {
	most := int64(maxBuckets)
	var err error
	if value := r.query.Get("max-buckets"); value != "" {
		if most, err = parseNumber(value, 1, maxBuckets); err != nil {
			return invalidArgument("max-buckets", value, "Argument max-buckets must be an integer between 1 and 10000")
		}
	}
	after, err := keyOfToken(r.query.Get("continuation-token"))
	if err != nil {
		return err
	}
	found, err := s.buckets.Buckets(r.Context(), bucket.Search{
		Account: r.account, Region: r.query.Get("bucket-region"), Prefix: r.query.Get("prefix"), After: after, Limit: int(most) + 1,
	})
	if err != nil {
		return err
	}
	answer := struct {
		XMLName           xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListAllMyBucketsResult"`
		Owner             *owner
		Buckets           []bucketEntry `xml:"Buckets>Bucket"`
		Prefix            string        `xml:",omitempty"`
		ContinuationToken string        `xml:",omitempty"`
	}{Owner: ownerOf(r.account), Prefix: r.query.Get("prefix")}
	for _, b := range found {
		if int64(len(answer.Buckets)) == most {
			answer.ContinuationToken = token(answer.Buckets[most-1].Name)
			break
		}
		answer.Buckets = append(answer.Buckets, bucketEntry{"arn:aws:s3:::" + b.Name, b.Scope.Region, stamp(b.Created), b.Name})
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}

const maxBuckets = 10_000

type createConfiguration struct {
	LocationConstraint string
	Tags               []tag `xml:"Tags>Tag"`
}

// createBucket is CreateBucket. As on AWS, the region is that of the signature, and has to be named but in us-east-1, which
// alone makes buckets elsewhere; and creating a bucket again is no error there.
func (s *Server) createBucket(r *request) error {
	var in createConfiguration
	if err := r.readXML(&in, true); err != nil {
		return err
	}
	p := r.place()
	var err error
	if p.Region, err = locationOf(r.region, in.LocationConstraint); err != nil {
		return err
	}
	if r.Header.Get("X-Amz-Bucket-Object-Lock-Enabled") == "true" {
		return notImplemented("object lock of S3 (x-amz-bucket-object-lock-enabled)")
	}
	if err := r.checkACL(); err != nil {
		return err
	}
	settings := map[string]string{}
	if len(in.Tags) > 0 {
		if err := checkTags(in.Tags, maxBucketTags); err != nil {
			return err
		}
		settings["tagging"] = taggingDocument(in.Tags)
	}
	err = s.buckets.Create(r.Context(), p, settings)
	if err != nil && (!fault.Is(err, fault.Conflict, "own bucket") || p.Region != usEast) {
		return err
	}
	r.w.Header().Set("Location", "/"+r.bucket)
	r.w.Header().Set("X-Amz-Bucket-Arn", "arn:aws:s3:::"+r.bucket)
	r.begin(http.StatusOK)
	return nil
}

const usEast = "us-east-1"

// locationOf returns the region of a new bucket.
func locationOf(region, constraint string) (string, error) {
	if constraint == "EU" {
		constraint = "eu-west-1"
	}
	switch {
	case region == "":
		return usEast, nil // an old signature
	case constraint == "" && region == usEast:
		return region, nil
	case constraint == "":
		return "", refusal("IllegalLocationConstraintException", http.StatusBadRequest,
			"The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.")
	case region == usEast && (constraint == usEast || !isRegion(constraint)):
		return "", refusal("InvalidLocationConstraint", http.StatusBadRequest, "The specified location-constraint is not valid",
			extra{"LocationConstraint", constraint})
	case region != usEast && constraint != region:
		return "", refusal("IllegalLocationConstraintException", http.StatusBadRequest,
			"The "+constraint+" location constraint is incompatible for the region specific endpoint this request was sent to.")
	}
	return constraint, nil
}

// headBucket is HeadBucket.
func (s *Server) headBucket(r *request) error {
	b, err := s.buckets.Find(r.Context(), r.place())
	if err != nil {
		return err
	}
	h := r.w.Header()
	h.Set("X-Amz-Bucket-Region", b.Scope.Region)
	h.Set("X-Amz-Bucket-Arn", "arn:aws:s3:::"+b.Name)
	h.Set("X-Amz-Access-Point-Alias", "false")
	h.Set("Content-Type", "application/xml")
	r.begin(http.StatusOK)
	return nil
}

// isRegion reports whether a text has a region's form, such as eu-west-1.
func isRegion(text string) bool {
	parts := strings.Split(text, "-")
	number := parts[len(parts)-1]
	return len(parts) >= 3 && len(text) <= 32 && strings.Trim(number, "0123456789") == "" && number != "" &&
		strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// deleteBucket is DeleteBucket.
func (s *Server) deleteBucket(r *request) error {
	if err := s.buckets.Delete(r.Context(), r.place()); err != nil {
		return err
	}
	r.begin(http.StatusNoContent)
	return nil
}

// getBucketLocation is GetBucketLocation, which alone is answered in every region.
func (s *Server) getBucketLocation(r *request) error {
	p := r.place()
	p.Region = ""
	b, err := s.buckets.Find(r.Context(), p)
	if err != nil {
		return err
	}
	answer := struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ LocationConstraint"`
		Region  string   `xml:",chardata"`
	}{Region: b.Scope.Region}
	if answer.Region == usEast { // which was there before there were regions
		answer.Region = ""
	}
	r.sendXML(http.StatusOK, answer)
	return nil
}

type versioningConfiguration struct {
	XMLName   xml.Name          `xml:"http://s3.amazonaws.com/doc/2006-03-01/ VersioningConfiguration"`
	Status    bucket.Versioning `xml:",omitempty"`
	MFADelete string            `xml:"MfaDelete,omitempty"`
}

// getBucketVersioning is GetBucketVersioning.
func (s *Server) getBucketVersioning(r *request) error {
	b, err := s.buckets.Find(r.Context(), r.place())
	if err != nil {
		return err
	}
	r.sendXML(http.StatusOK, versioningConfiguration{Status: b.Versioning})
	return nil
}

// putBucketVersioning is PutBucketVersioning.
func (s *Server) putBucketVersioning(r *request) error {
	var in struct {
		Status    bucket.Versioning
		MFADelete string `xml:"MfaDelete"`
	}
	if err := r.readXML(&in, false); err != nil {
		return err
	}
	switch {
	case in.Status == "":
		return refusal("IllegalVersioningConfigurationException", http.StatusBadRequest, "The Versioning element must be specified")
	case in.Status != bucket.Enabled && in.Status != bucket.Suspended:
		return malformedXML()
	case in.MFADelete == "Enabled":
		return notImplemented("MFA delete of S3 (MfaDelete)")
	}
	if err := s.buckets.SetVersioning(r.Context(), r.place(), in.Status); err != nil {
		return err
	}
	r.begin(http.StatusOK)
	return nil
}
