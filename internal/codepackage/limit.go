package codepackage

import "sluice/internal/fault"

// Lambda's limits ("Lambda quotas", deployment package).
const (
	directLimit   = 50 << 20  // bytes of a zip that is sent with the request
	unpackedLimit = 250 << 20 // bytes of all files, layers included
)

// limits refuses a folder before it is packed in vain.
func (t *tree) limits() error {
	var total int64
	for _, f := range t.files {
		total += f.size
	}
	return unpacked(total)
}

func unpacked(size int64) error {
	if size <= unpackedLimit {
		return nil
	}
	return fault.Errorf(fault.TooLarge, "package", "it has %d MB unpacked, and Lambda takes 250 MB: list what is not needed in %s", megabytes(size), ignoreFile)
}

func direct(size int64) error {
	if size <= directLimit {
		return nil
	}
	return fault.Errorf(fault.TooLarge, "package",
		"its zip has %d MB, and Lambda takes 50 MB in a request: put it into a bucket and name it as s3://bucket/key", megabytes(size))
}

// megabytes rounds up, so that what is over a limit never seems to be within.
func megabytes(size int64) int64 { return (size + 1<<20 - 1) >> 20 }
