// Package s3 speaks S3's protocol: it finds out which bucket and key a request is about, checks its signature, reads
// headers and XML, calls internal/bucket and writes the answer.
//
// Unlike the other services' requests, whose bodies internal/api/wire reads whole, those of objects stream, so this package
// is a handler of its own; signatures are checked by the same wire/sigv4. What objects and their versions are does not
// belong here. Built and served by internal/server. Which operations there are is in operation.go; why no library does
// this is in docs/decisions/0008-s3-front.md.
package s3
