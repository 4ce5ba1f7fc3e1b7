package bucket

import (
	"net/netip"
	"strings"
	"unicode/utf8"

	"sluice/internal/fault"
)

// MaxKey is the longest key, in bytes of UTF-8.
const MaxKey = 1024

// CheckName reports whether a bucket may have a name (AWS's page "Bucket naming rules").
// Error: fault.Invalid "bucket name".
func CheckName(name string) error {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789-."
	invalid := len(name) < 3 || len(name) > 63 || strings.Trim(name, allowed) != "" || !letterOrDigit(name[0]) ||
		!letterOrDigit(name[len(name)-1]) || strings.Contains(name, "..") || isAddress(name) || reserved(name)
	if invalid {
		return fault.Errorf(fault.Invalid, "bucket name", "The specified bucket is not valid.")
	}
	return nil
}

func letterOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func isAddress(name string) bool {
	address, err := netip.ParseAddr(name)
	return err == nil && address.Is4()
}

// reserved reports whether AWS keeps a name for itself.
func reserved(name string) bool {
	for _, prefix := range []string{"xn--", "sthree-", "amzn-s3-demo-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	for _, suffix := range []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

// CheckKey reports whether an object may have a key. One whose segments ".." lead out of the bucket is refused, as on AWS
// (page "Naming Amazon S3 objects"), though no key ever becomes a path here.
// Errors: fault.TooLarge "key"; fault.Invalid "key".
func CheckKey(key string) error {
	switch {
	case len(key) > MaxKey:
		return fault.Errorf(fault.TooLarge, "key", "Your key is too long")
	case key == "" || !utf8.ValidString(key) || strings.ContainsRune(key, 0) || climbs(key):
		return fault.Errorf(fault.Invalid, "key", "Couldn't parse the specified URI.")
	}
	return nil
}

// climbs reports whether a key, taken for a path, leads out of where it begins.
func climbs(key string) bool {
	depth := 0
	for segment := range strings.SplitSeq(key, "/") {
		switch segment {
		case "", ".":
		case "..":
			depth--
		default:
			depth++
		}
		if depth < 0 {
			return true
		}
	}
	return false
}
