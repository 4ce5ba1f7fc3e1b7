// Package blob keeps packages of code and the contents of objects by what they are: a file for each, a blob, under its SHA-256.
//
// The same content is kept once, and a file never changes, so nobody needs a lock to read one. What is in a package is
// internal/host's business, what objects there are internal/bucket's, and which content is still wanted the rules'.
// internal/server opens the folder and hands it to those who declare what they need of it.
package blob
