package lambda

import (
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/fault"
)

// maxPackage is the largest package that a request may carry, in bytes (AWS's page "Lambda quotas").
const maxPackage = 52_428_800

// source is where a request says that a function's code comes from.
type source struct {
	content
	image bool // an image was named
	// imageForZip is set if the image is to replace a package, which no function allows.
	imageForZip bool
}

func sourceOfCreation(code *shape.FunctionCode) source {
	return source{
		content: content{zip: code.ZipFile, bucket: code.S3Bucket, key: code.S3Key, version: code.S3ObjectVersion},
		image:   code.ImageUri != nil,
	}
}

func sourceOfUpdate(in *shape.UpdateFunctionCodeRequest) source {
	return source{
		content: content{zip: in.ZipFile, bucket: in.S3Bucket, key: in.S3Key, version: in.S3ObjectVersion},
		image:   in.ImageUri != nil, imageForZip: in.ImageUri != nil,
	}
}

// check reports whether there is one source, and a package of a size that a request may carry. The texts are AWS's.
func (s source) check() error {
	switch {
	case s.zip != nil && (s.inBucket() || s.image):
		return fault.Errorf(fault.Invalid, "package", "Please do not provide other FunctionCode parameters when providing a ZipFile.")
	case !s.named() && !s.image:
		return fault.Errorf(fault.Invalid, "package", "Please provide a source for function code.")
	case s.imageForZip:
		return fault.Errorf(fault.Invalid, "package", "Please don't provide ImageUri when updating a function with packageType Zip.")
	case len(s.zip) > maxPackage:
		return fault.Errorf(fault.TooLarge, "package", "Zipped size must be smaller than %d bytes", maxPackage)
	}
	return nil
}
