// Package doctor finds out what this machine can do for a server, and says what to do about what it can't: a sandbox for
// functions, their interpreters, a folder, a port.
//
// It only looks: what a server does without something is for internal/host, whose probes it asks, and nothing here is part of
// a server that runs. How findings are drawn is internal/cli's, which calls it for the command of the same name.
package doctor
