package restapi

import (
	"crypto/rand"

	"sluice/internal/function"
)

// ID identifies a REST API. Its API is unique in the whole server: it is the first label of the API's host name.
type ID struct {
	function.Scope
	API string // ten lower-case letters and digits
}

// ARN names the API as tags, policies and stacks do.
func (id ID) ARN() string {
	return "arn:aws:apigateway:" + id.Region + "::/restapis/" + id.API
}

// ExecuteARN names a method of one of the API's stages as resource policies do: path without its leading slash.
func (id ID) ExecuteARN(stage, method, path string) string {
	return "arn:aws:execute-api:" + id.Region + ":" + id.Account + ":" + id.API + "/" + stage + "/" + method + "/" + path
}

// How many letters and digits the identifiers have, as AWS's.
const (
	longID  = 10 // of APIs, root resources, keys and plans
	shortID = 6  // of what is in an API
)

const idAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789"

// newID returns an identifier that nobody can guess.
func newID(length int) string { return random(length, idAlphabet) }

// random returns letters of an alphabet, each as likely as the others.
func random(length int, alphabet string) string {
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
