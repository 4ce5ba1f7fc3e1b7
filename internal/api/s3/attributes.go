package s3

import (
	"encoding/xml"
	"strings"

	"sluice/internal/bucket"
)

// attributes is the answer to GetObjectAttributes.
type attributes struct {
	XMLName      xml.Name     `xml:"http://s3.amazonaws.com/doc/2006-03-01/ GetObjectAttributesResponse"`
	ETag         string       `xml:",omitempty"`
	Checksum     *checksums   `xml:",omitempty"`
	ObjectParts  *objectParts `xml:",omitempty"`
	StorageClass string       `xml:",omitempty"`
	ObjectSize   *int64       `xml:",omitempty"`
}

type objectParts struct {
	TotalPartsCount int `xml:"PartsCount"`
}

// checksums are the elements that an answer tells a checksum in.
type checksums struct {
	ChecksumCRC32     string `xml:",omitempty"`
	ChecksumCRC32C    string `xml:",omitempty"`
	ChecksumCRC64NVME string `xml:",omitempty"`
	ChecksumSHA1      string `xml:",omitempty"`
	ChecksumSHA256    string `xml:",omitempty"`
	ChecksumType      string `xml:",omitempty"`
}

func checksumsOf(c bucket.Checksum) checksums {
	var all checksums
	switch c.Algorithm {
	case bucket.CRC32:
		all.ChecksumCRC32 = c.Value
	case bucket.CRC32C:
		all.ChecksumCRC32C = c.Value
	case bucket.CRC64NVME:
		all.ChecksumCRC64NVME = c.Value
	case bucket.SHA1:
		all.ChecksumSHA1 = c.Value
	case bucket.SHA256:
		all.ChecksumSHA256 = c.Value
	}
	return all
}

// first is the checksum that was sent in the elements; nil if there is none.
func (c checksums) first() *bucket.Checksum {
	for a, value := range map[bucket.Algorithm]string{
		bucket.CRC32: c.ChecksumCRC32, bucket.CRC32C: c.ChecksumCRC32C, bucket.CRC64NVME: c.ChecksumCRC64NVME,
		bucket.SHA1: c.ChecksumSHA1, bucket.SHA256: c.ChecksumSHA256,
	} {
		if value != "" {
			return &bucket.Checksum{Algorithm: a, Value: value}
		}
	}
	return nil
}

// attributesOf tells what is wanted of an object.
func attributesOf(o *bucket.Object, wanted []string) (*attributes, error) {
	answer := &attributes{}
	for _, name := range wanted {
		switch strings.TrimSpace(name) {
		case "ETag":
			answer.ETag = o.ETag
		case "Checksum":
			if o.Checksum.Algorithm != "" {
				sums := checksumsOf(o.Checksum)
				sums.ChecksumType = checksumType(o.Checksum)
				answer.Checksum = &sums
			}
		case "ObjectParts":
			if n := len(o.PartSizes()); n > 0 {
				answer.ObjectParts = &objectParts{n}
			}
		case "StorageClass":
			answer.StorageClass = storageClass(o)
		case "ObjectSize":
			answer.ObjectSize = new(o.Size)
		default:
			return nil, invalidArgument("x-amz-object-attributes", name, "Invalid attribute name specified.")
		}
	}
	return answer, nil
}
