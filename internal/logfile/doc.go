// Package logfile keeps log events in append-only files.
//
// Each stream is one file below its account, region and group. An event goes into its stream's memory first; a
// background writer moves what has gathered to the disk ten times a second, and an append that finds a lot of it does so
// itself, so that whoever floods a stream is slowed down to the disk's pace. Nothing is synced to the medium: when the
// server is killed, the last tenth of a second of log may be missing; when the machine loses power, some seconds. What is
// in a file stays readable: each event carries a checksum, and a torn one at the end is cut off when the stream is
// opened again.
//
// No file is held open, so thousands of streams cost no descriptors.
//
// internal/host appends what functions print; reading.go is what the room for the Logs API will read through, and until
// then only tests do. Retention, filter patterns and the Logs API's rules do not belong here.
package logfile
