package bucket

import (
	"time"
)

// Object is a version of an object, or a marker that there is none any more. A *Object that has been handed out is not
// modified.
type Object struct {
	Bucket  string
	Key     string
	Version string // its ID
	// Order orders the versions of a key: the newest has the largest. It is a time in microseconds, moved on where two
	// would be the same.
	Order    int64
	Modified time.Time
	Marker   bool   // a delete marker: no content, and nothing of what follows
	ETag     string // without quotes: the MD5 in hexadecimal, or that of the parts' MD5s and their number
	Size     int64  // bytes
	Pieces   []Piece
	Uploaded string // the ID of the multipart upload that it is from; empty for others
	Checksum Checksum
	Labels
}

// Piece is a part of an object's content.
type Piece struct {
	SHA256 string // base64, as blobs are known
	Size   int64  // bytes
}

// Labels are what a client says about an object.
type Labels struct {
	// Headers are sent back with the content, by their names: Content-Type, Cache-Control and such.
	Headers map[string]string
	// Metadata is the client's own, by its names in lower case.
	Metadata map[string]string
	Tags     map[string]string
}

// PartSizes are the sizes of the parts that an object was uploaded in; none if it was put as a whole.
func (o *Object) PartSizes() []int64 {
	if o.Uploaded == "" {
		return nil
	}
	sizes := make([]int64, len(o.Pieces))
	for i, p := range o.Pieces {
		sizes[i] = p.Size
	}
	return sizes
}
