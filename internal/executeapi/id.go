package executeapi

import (
	"crypto/rand"

	"sluice/internal/function"
)

// ID identifies an API. Its API is unique in the whole server: it is the first label of the API's host name.
type ID struct {
	function.Scope
	API string // LongID lower-case letters and digits
}

// ExecuteARN names a method or route of one of the API's stages as resource policies do: path without its leading slash.
func (id ID) ExecuteARN(stage, method, path string) string {
	return "arn:aws:execute-api:" + id.Region + ":" + id.Account + ":" + id.API + "/" + stage + "/" + method + "/" + path
}

// How many letters and digits the identifiers have, as AWS's.
const (
	LongID   = 10 // of APIs, and of REST APIs' root resources, keys and plans
	MiddleID = 7  // of HTTP APIs' routes and integrations
	ShortID  = 6  // of all else in an API
)

// NewID returns so many lower-case letters and digits that nobody can guess.
func NewID(length int) string { return Random(length, "abcdefghijklmnopqrstuvwxyz0123456789") }

// Random returns letters of an alphabet of ASCII, each as likely as the others.
func Random(length int, alphabet string) string {
	bound := 256 - 256%len(alphabet)
	id := make([]byte, 0, length)
	for len(id) < length {
		var b [32]byte
		rand.Read(b[:]) // never fails
		for _, each := range b {
			if int(each) < bound && len(id) < length {
				id = append(id, alphabet[int(each)%len(alphabet)])
			}
		}
	}
	return string(id)
}
