package bucket

import (
	"crypto/sha1" // one of the checksums that S3 knows
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
)

// Algorithm names a checksum that clients may have computed over what they send, in upper case.
type Algorithm string

// The algorithms that S3 knows.
const (
	CRC32     Algorithm = "CRC32"
	CRC32C    Algorithm = "CRC32C"
	CRC64NVME Algorithm = "CRC64NVME"
	SHA1      Algorithm = "SHA1"
	SHA256    Algorithm = "SHA256"
)

// Algorithms are all of them, in the order of S3's documentation.
var Algorithms = [...]Algorithm{CRC32, CRC32C, CRC64NVME, SHA1, SHA256}

// Known reports whether there is such an algorithm.
func (a Algorithm) Known() bool {
	for _, each := range Algorithms {
		if a == each {
			return true
		}
	}
	return false
}

// Linear reports whether a checksum of a whole can be that of an object uploaded in parts. S3 allows CRCs.
func (a Algorithm) Linear() bool { return a == CRC32 || a == CRC32C || a == CRC64NVME }

// Size is the length of a sum, in bytes.
func (a Algorithm) Size() int { return a.new().Size() }

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	nvme       = crc64.MakeTable(0x9a6c9329ac4bc9b5) // NVM Express, section 5.2.1.3.4, reversed
)

func (a Algorithm) new() hash.Hash {
	switch a {
	case CRC32:
		return crc32.NewIEEE()
	case CRC32C:
		return crc32.New(castagnoli)
	case CRC64NVME:
		return crc64.New(nvme)
	case SHA1:
		return sha1.New() // S3's
	default:
		return sha256.New()
	}
}

// Checksum is a checksum of an object or a part. The zero Checksum is none.
type Checksum struct {
	Algorithm Algorithm
	// Value is the sum in base64; that of a composite one is followed by a hyphen and the number of parts.
	Value     string
	Composite bool // over the parts' checksums, and not over the content
}

// composite returns the checksum over the checksums of parts, which all have one of the algorithm.
func composite(a Algorithm, parts []*Part) (Checksum, error) {
	h := a.new()
	for _, p := range parts {
		sum, err := base64.StdEncoding.DecodeString(p.Checksum.Value)
		if err != nil || p.Checksum.Algorithm != a {
			return Checksum{}, fmt.Errorf("part %d has no %s: %w", p.Number, a, err)
		}
		h.Write(sum)
	}
	value := base64.StdEncoding.EncodeToString(h.Sum(nil))
	return Checksum{Algorithm: a, Value: fmt.Sprintf("%s-%d", value, len(parts)), Composite: true}, nil
}

// Of returns the checksum of a content that is in memory.
func (a Algorithm) Of(content []byte) Checksum {
	h := a.new()
	h.Write(content)
	return Checksum{Algorithm: a, Value: base64.StdEncoding.EncodeToString(h.Sum(nil))}
}
