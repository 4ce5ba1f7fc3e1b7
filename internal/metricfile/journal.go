package metricfile

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"sluice/internal/metric"
)

// Bounds of what a journal takes on the disk.
const (
	maxBytes     = 64 << 20 // all segments
	segmentBytes = 8 << 20  // after so much, a new one begins
	bufferBytes  = 1 << 20  // more memory than that is given back after a write
)

// ErrClosed says that Close was called before.
var ErrClosed = errors.New("the metrics' journal is closed")

// Journal is a folder of segments. Its methods may be called by many goroutines at once.
type Journal struct {
	folder *folder
	logger *slog.Logger

	mu    sync.Mutex
	queue []*waiting

	writing sync.Mutex // held while a segment is written, and guards what follows; taken before mu
	closed  bool
	file    *os.File // nil if the next record begins a segment
	size    int64
	encoder *encoder
	buffer  []byte
}

var _ metric.Journal = (*Journal)(nil)

// waiting is an Append whose data are not written yet, or were.
type waiting struct {
	data []metric.Datum
	done bool
	err  error
}

// Open opens the folder, which is made if it does not exist. It reads nothing; see Replay. logger hears of records that
// are lost; nil means nobody. Close must be called.
func Open(dir string, logger *slog.Logger) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	return &Journal{folder: &folder{dir, maxBytes, segmentBytes}, logger: logger}, nil
}

// Append writes data and returns when they are in the file. It implements metric.Journal. After an error, none of them
// may be there, or all.
func (j *Journal) Append(data []metric.Datum) error {
	if len(data) == 0 {
		return nil
	}
	w := &waiting{data: data}
	j.mu.Lock()
	j.queue = append(j.queue, w)
	j.mu.Unlock()

	j.writing.Lock()
	defer j.writing.Unlock()
	if !w.done { // nobody who wrote meanwhile found it in the queue
		j.flush()
	}
	return w.err
}

// flush writes what is in the queue, in one write.
func (j *Journal) flush() {
	j.mu.Lock()
	queue := j.queue
	j.queue = nil
	j.mu.Unlock()
	err := j.write(queue)
	for _, w := range queue {
		w.done, w.err = true, err
	}
}

func (j *Journal) write(queue []*waiting) error {
	if j.closed {
		return ErrClosed
	}
	if j.file == nil || j.size >= j.folder.segment {
		if err := j.begin(); err != nil {
			return fmt.Errorf("begin a segment of the metrics' journal: %w", err)
		}
	}
	j.buffer = j.buffer[:0]
	for _, w := range queue {
		j.buffer = j.encoder.appendRecord(j.buffer, w.data)
	}
	n, err := j.file.Write(j.buffer)
	j.size += int64(n)
	if cap(j.buffer) > bufferBytes {
		j.buffer = nil
	}
	if err != nil { // a part may be there; what would follow it could not be read
		return errors.Join(fmt.Errorf("write the metrics' journal: %w", err), j.end())
	}
	return nil
}

// begin makes a segment, and room for it.
func (j *Journal) begin() error {
	if err := j.end(); err != nil {
		return err
	}
	file, err := j.folder.create()
	if err != nil {
		return err
	}
	j.file, j.size, j.encoder = file, int64(len(magic)), newEncoder()
	return j.folder.trim()
}

// end closes the segment that is being written.
func (j *Journal) end() error {
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	return err
}

// Close ends the journal. Appends that came before are in the file.
func (j *Journal) Close() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.closed {
		return nil
	}
	j.flush()
	j.closed = true
	return j.end()
}
