// Package blob keeps packages of code by their content: a file for each, under its SHA-256.
//
// The same content is kept once, and a file never changes, so nobody needs a lock to read one. What is in a package is
// internal/host's business, and which packages are still wanted the rules'. internal/server opens the folder and hands
// it to those who declare what they need of it.
package blob
