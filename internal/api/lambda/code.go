package lambda

import (
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/fault"
)

// maxPackage is the largest package that a request may carry, in bytes (AWS's page "Lambda quotas").
const maxPackage = 52_428_800

// source is where a request says that a function's code comes from.
type source struct {
	zip   []byte // nil if none was sent
	other bool   // anything besides, such as a bucket
	// imageForZip is set if an image is to replace a package, which no function allows.
	imageForZip bool
}

func sourceOfCreation(code *shape.FunctionCode) source {
	return source{
		zip:   code.ZipFile,
		other: code.S3Bucket != nil || code.S3Key != nil || code.S3ObjectVersion != nil || code.ImageUri != nil,
	}
}

func sourceOfUpdate(in *shape.UpdateFunctionCodeRequest) source {
	return source{
		zip:         in.ZipFile,
		other:       in.S3Bucket != nil || in.S3Key != nil || in.S3ObjectVersion != nil || in.ImageUri != nil,
		imageForZip: in.ImageUri != nil,
	}
}

// check reports whether there is one source, and a package of a size that a request may carry. The texts are AWS's.
func (s source) check() error {
	switch {
	case s.zip == nil && !s.other:
		return fault.Errorf(fault.Invalid, "package", "Please provide a source for function code.")
	case s.zip != nil && s.other:
		return fault.Errorf(fault.Invalid, "package", "Please do not provide other FunctionCode parameters when providing a ZipFile.")
	case s.imageForZip:
		return fault.Errorf(fault.Invalid, "package", "Please don't provide ImageUri when updating a function with packageType Zip.")
	case len(s.zip) > maxPackage:
		return fault.Errorf(fault.TooLarge, "package", "Zipped size must be smaller than %d bytes", maxPackage)
	}
	return nil
}
