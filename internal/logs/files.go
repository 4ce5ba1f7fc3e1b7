package logs

import (
	"time"

	"sluice/internal/function"
)

// Files keeps streams with their events. internal/logfile implements it. Its methods may be called by many goroutines at
// once; all that read see what was appended before.
type Files interface {
	// Stream opens a stream for appending; it comes into being with its first event, and again with the next one after
	// it was removed. internal/host's Logs is this method, with its names of four texts.
	Stream(account, region, group, stream string) (Appender, error)
	// Create makes a stream without events. fault.Conflict "stream" if it exists.
	Create(id StreamID) error
	// Put adds events and returns when the operating system has them, so that they survive the end of this process.
	// fault.NotFound "stream" if it does not exist.
	Put(id StreamID, events []Event) error
	// Remove deletes a stream with its events. fault.NotFound "stream" if it does not exist.
	Remove(id StreamID) error
	// RemoveGroup deletes all streams of a group. A group without any is fine.
	RemoveGroup(id GroupID) error
	// Trim deletes events that are older than a time, as far as they can be without copying what is kept more than once: a
	// stream whose events are all older is removed.
	Trim(id StreamID, before time.Time) error
	// Groups lists the groups that have streams, by name, with Created and Bytes.
	Groups(scope function.Scope) ([]*Group, error)
	// Streams lists a group's streams, by name.
	Streams(id GroupID) ([]*Stream, error)
	// Blocks lists the parts of a stream that may have events with from <= Time < to, in order of arrival. A zero bound
	// is none. fault.NotFound "stream" if the stream does not exist.
	Blocks(id StreamID, from, to time.Time) ([]Block, error)
	// Read returns a block's events in order of arrival, none if the stream has been removed meanwhile.
	Read(id StreamID, b Block) ([]Event, error)
}

// Appender takes events of one stream. It is an alias of an interface literal, as internal/host's LogStream is.
type Appender = interface {
	// Append adds one event, and does not keep message. Usually it only copies. It waits for the disk when 64 KB of a
	// stream have gathered, and for the matcher when 4 MB of a group wait for its metric filters.
	Append(at time.Time, message []byte)
	// Close says that no event follows.
	Close() error
}

// Block is a part of a stream: some tens of kilobytes, so that a time is found without reading all.
type Block struct {
	Start, End  int64     // positions: of its first event, and after its last
	First, Last time.Time // the least and the greatest time of its events
}
