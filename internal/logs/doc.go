// Package logs keeps log groups, their streams and events, and makes metrics of events that match a filter.
//
// What a group is (its retention, tags and metric filters) is a record behind Store. Events are in files behind Files, and
// the streams with them: a stream exists because its file does. A group exists if it has a record or a stream, so the
// group of a function appears with the function's first line, and needs no write to the store on the way of a call.
//
// internal/host writes what functions print through Service.Stream; internal/api/logs calls everything else. How events
// are laid out on disk belongs to internal/logfile, the language of filter patterns to the package pattern below, and
// what happens to the metrics to internal/metric.
package logs
