package s3

import (
	"crypto/md5" // what Content-MD5 is
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// claims are what a request says of its body: Content-MD5 and x-amz-checksum-*, in a header or behind the body.
type claims struct {
	md5       string // hexadecimal; empty if nothing is said
	algorithm bucket.Algorithm
	value     string // base64; empty if it comes behind the body, or not at all
	trailed   bool
}

const checksumPrefix = "x-amz-checksum-"

// claims reads what the request says of its body.
func (r *request) claims() (claims, error) {
	var c claims
	if values, ok := r.Header["Content-Md5"]; ok {
		sum, err := base64.StdEncoding.DecodeString(values[0])
		if err != nil || len(sum) != md5.Size {
			return c, refusal("InvalidDigest", http.StatusBadRequest, "The Content-MD5 you specified was invalid.", extra{"Content-MD5", values[0]})
		}
		c.md5 = hex.EncodeToString(sum)
	}
	for _, a := range bucket.Algorithms {
		name := checksumPrefix + strings.ToLower(string(a))
		value := r.Header.Get(name)
		if value == "" {
			continue
		}
		if c.algorithm != "" {
			return c, refusal("InvalidRequest", http.StatusBadRequest, "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
		}
		if !sumOf(a, value) {
			return c, refusal("InvalidRequest", http.StatusBadRequest, "Value for "+name+" header is invalid.")
		}
		c.algorithm, c.value = a, value
	}
	if c.algorithm != "" {
		return c, nil
	}
	return c, c.announced(r)
}

// announced reads which checksum follows the body, or is only to be computed.
func (c *claims) announced(r *request) error {
	if name, ok := strings.CutPrefix(strings.ToLower(r.Header.Get("X-Amz-Trailer")), checksumPrefix); ok {
		c.algorithm, c.trailed = bucket.Algorithm(strings.ToUpper(name)), true
	} else if name := r.Header.Get("X-Amz-Sdk-Checksum-Algorithm"); name != "" {
		c.algorithm = bucket.Algorithm(strings.ToUpper(name))
	}
	if c.algorithm == "" || c.algorithm.Known() {
		return nil
	}
	if c.trailed {
		return refusal("InvalidRequest", http.StatusBadRequest, "The value specified in the x-amz-trailer header is not supported")
	}
	return unknownAlgorithm()
}

func unknownAlgorithm() error {
	return refusal("InvalidRequest", http.StatusBadRequest, "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")
}

// sumOf reports whether a value has the form of an algorithm's sum.
func sumOf(a bucket.Algorithm, value string) bool {
	sum, err := base64.StdEncoding.DecodeString(value)
	return err == nil && len(sum) == a.Size()
}

// check compares the claims with what was received.
func (c claims) check(r *request, sums bucket.Sums) error {
	if c.md5 != "" && c.md5 != sums.MD5 {
		return badDigest("Content-MD5", "received")
	}
	want := c.value
	if c.trailed {
		if want = r.Trailer.Get(checksumPrefix + string(c.algorithm)); !sumOf(c.algorithm, want) {
			return refusal("InvalidRequest", http.StatusBadRequest, "Value for "+checksumPrefix+strings.ToLower(string(c.algorithm))+" trailing header is invalid.")
		}
	}
	if want != "" && want != sums.Checksum.Value {
		return badDigest(string(c.algorithm), "calculated")
	}
	return nil
}

func badDigest(what, how string) error {
	message := "The " + what + " you specified did not match the calculated checksum."
	if how == "received" {
		message = "The " + what + " you specified did not match what we received."
	}
	return refusal("BadDigest", http.StatusBadRequest, message)
}

// checkDocument compares the claims with a body that was read whole.
func (c claims) checkDocument(r *request, body []byte) error {
	sum := md5.Sum(body)
	sums := bucket.Sums{MD5: hex.EncodeToString(sum[:]), Size: int64(len(body))}
	if c.algorithm != "" {
		sums.Checksum = c.algorithm.Of(body)
	}
	return c.check(r, sums)
}

// declared is the length that the body has to have without its encoding; -1 if nothing says it.
func (r *request) declared() (int64, error) {
	length := r.ContentLength
	if text := r.Header.Get("X-Amz-Decoded-Content-Length"); text != "" {
		n, err := parseNumber(text, 0, 1<<62)
		if err != nil {
			return 0, invalidArgument("x-amz-decoded-content-length", text, "The decoded content length is not a number.")
		}
		length = n
	} else if strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		length = -1
	}
	if length < 0 && r.Header.Get("X-Amz-Content-Sha256") != "" && len(r.TransferEncoding) == 0 {
		return 0, refusal("MissingContentLength", http.StatusLengthRequired, "You must provide the Content-Length HTTP header.")
	}
	if length > bucket.MaxObject {
		return 0, refusal("EntityTooLarge", http.StatusBadRequest, "Your proposed upload exceeds the maximum allowed size",
			extra{"ProposedSize", text(length)}, extra{"MaxSizeAllowed", text(bucket.MaxObject)})
	}
	return length, nil
}

// content is the request's body as the content of an object.
func (r *request) content() (bucket.Body, error) {
	c, err := r.claims()
	if err != nil {
		return bucket.Body{}, err
	}
	length, err := r.declared()
	if err != nil {
		return bucket.Body{}, err
	}
	return bucket.Body{From: r.body, Algorithm: c.algorithm, Verify: func(sums bucket.Sums) error {
		if length >= 0 && sums.Size != length {
			return errShort
		}
		return c.check(r, sums)
	}}, nil
}
