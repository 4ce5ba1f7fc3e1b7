// Package sigv4 checks the AWS Signature Version 4 of HTTP requests: in the Authorization header, in the query of a
// presigned URL, and chunk by chunk in S3's streaming uploads.
//
// How a failure is spelled in a service's protocol, what an identity may do, and signing requests do not belong here.
// Called by internal/api/wire. The algorithm is described in "Signature Version 4" of the AWS General Reference and,
// for chunks, in "Authenticating Requests" of the S3 API reference.
package sigv4
