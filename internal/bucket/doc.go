// Package bucket keeps objects in buckets, as S3 does: their names, versions, multipart uploads, lists and the conditions
// on reading and writing them.
//
// An object's content is a row of blobs, kept by their SHA-256: one for an object that was put, one for each part of an
// object that was uploaded in parts, so that completing an upload moves no bytes. Content streams through and is never
// held in memory. A record is written only when the content that it names is on disk, so what was acknowledged
// survives a crash.
//
// Buckets and objects belong to accounts and regions; who may use them within an account is not looked at yet.
//
// S3's protocol, its XML and its error codes do not belong here, and neither does what is in an object. internal/api/s3
// calls it for clients, internal/server for packages of code that lie in a bucket.
package bucket
