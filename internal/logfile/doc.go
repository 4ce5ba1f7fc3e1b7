// Package logfile keeps log events in append-only files. It implements internal/logs' Files.
//
// Each stream is one file below its account, region and group. An event goes into its stream's memory first; a
// background writer moves what has gathered to the disk ten times a second, and an append that finds a lot of it does so
// itself, so that whoever floods a stream is slowed down to the disk's pace. Put writes before it returns. Nothing is
// synced to the medium: when the server is killed, the last tenth of a second of what functions printed may be missing;
// when the machine loses power, some seconds. What is in a file stays readable: each event carries a checksum, and a torn
// one at the end is cut off before the next is written.
//
// No file is held open, so thousands of streams cost no descriptors. A stream that is known costs about 400 bytes of
// memory, and one that was written or searched 32 bytes more for each 64 KB of it: so much has the index of its times.
// Streams of an earlier server are looked at when somebody asks for their group.
//
// Who may create or delete what, retention, filter patterns and pages do not belong here.
package logfile
