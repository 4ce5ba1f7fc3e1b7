package httpapi

import (
	"crypto/rand"

	"sluice/internal/function"
)

// ID identifies an HTTP API. Its API is unique in the whole server: it is the first label of the API's host name.
type ID struct {
	function.Scope
	API string // ten lower-case letters and digits
}

// ARN names the API as tags and stacks do.
func (id ID) ARN() string {
	return "arn:aws:apigateway:" + id.Region + "::/apis/" + id.API
}

// ExecuteARN names a route of one of the API's stages as resource policies do: path without its leading slash.
func (id ID) ExecuteARN(stage, method, path string) string {
	return "arn:aws:execute-api:" + id.Region + ":" + id.Account + ":" + id.API + "/" + stage + "/" + method + "/" + path
}

// How many letters and digits the identifiers have, as AWS's.
const (
	longID   = 10 // of APIs
	middleID = 7  // of routes and integrations
	shortID  = 6  // of authorizers and deployments
)

const idAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789"

// newID returns an identifier that nobody can guess, whose letters are each as likely as the others.
func newID(length int) string {
	const bound = 256 - 256%len(idAlphabet)
	id := make([]byte, 0, length)
	for len(id) < length {
		var b [32]byte
		rand.Read(b[:]) // never fails
		for _, each := range b {
			if int(each) < bound && len(id) < length {
				id = append(id, idAlphabet[int(each)%len(idAlphabet)])
			}
		}
	}
	return string(id)
}
