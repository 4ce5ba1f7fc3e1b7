// Package codepackage makes packages of code: a folder becomes a zip, a zip is taken as it is, an object in a bucket is
// hashed where it lies.
//
// The same files make the same bytes on any machine and at any time, so that the digest tells whether code changed: names
// are sorted, times are fixed, modes are 0644 or 0755, and the compressor is a module's, whose version go.mod holds, not
// the toolchain's. What was packed is kept by the digest of the files that went in; files that did not change are read and
// hashed, and not packed again.
//
// Not here: what a project's file says of code (internal/deployer/config), sending it (internal/remote). It implements
// release.Packages for internal/workspace.
package codepackage
