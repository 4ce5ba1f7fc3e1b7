// Package metricfile keeps metric data in append-only files, so that they survive the process. It implements
// internal/metric's Journal.
//
// A folder has segments, each a file with records; a record is what one Put stored, with a checksum. Append returns when
// its record is written, and what many goroutines append at once goes out in one write. Nothing is synced to the medium:
// a server that is killed loses nothing that it has acknowledged; a machine that loses power may lose some seconds.
//
// At start the segments are read once, oldest first. A record that a crash tore at the end is cut off. Behind a record
// that is damaged, the rest of its segment is lost, and the logger hears of it; other segments are not concerned. All
// segments together have at most 64 MB, which is two to six million data; then the oldest is removed. Metrics whose data
// were only there are still in memory, but do not survive a restart.
//
// What data mean, how long they count and who may ask for them does not belong here. internal/server opens the journal,
// and hands it to metric.Service.
package metricfile
