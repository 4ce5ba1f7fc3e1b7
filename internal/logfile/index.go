package logfile

import (
	"errors"
	"io"
	"os"

	"sluice/internal/logs"
)

// index says which times are where in a file.
type index struct {
	complete bool // it covers all events; otherwise it is empty
	blocks   []block
}

// block is a part of a file: positions, and the least and greatest time in milliseconds.
type block struct{ start, end, first, last int64 }

// blockSize is how long a block gets before the next begins. Its last event may make it longer.
const blockSize = 64 << 10

// add takes an event in at the end.
func (x *index) add(at, start, end int64) {
	last := len(x.blocks) - 1
	if last < 0 || x.blocks[last].end-x.blocks[last].start >= blockSize || x.blocks[last].end != start {
		x.blocks = append(x.blocks, block{start, end, at, at})
		return
	}
	b := &x.blocks[last]
	b.end, b.first, b.last = end, min(b.first, at), max(b.last, at)
}

// indexAll reads the file, unless it has been. disk is held, and the file exists.
func (s *Stream) indexAll() error {
	c := &s.content
	if c.complete {
		return nil
	}
	file, err := os.Open(s.files.path(s.id))
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	r, err := newReader(file)
	if err != nil {
		return err
	}
	r.size = min(r.size, c.size)
	var x index
	for {
		start := r.offset
		e, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			x.add(e.at, start, r.offset)
		} else if err := r.seek(behindDamage(file, start, c.size)); err != nil {
			return err
		}
	}
	x.complete = true
	c.index = x
	return nil
}

// behindDamage finds where whole events begin again after a damaged one. Their end is whole.
func behindDamage(file io.ReaderAt, damage, end int64) int64 {
	for {
		_, start, err := before(file, end, damage+1)
		if err != nil {
			return end
		}
		end = start
	}
}

// between returns the blocks that may have events from a time on and before another, in milliseconds.
func (x *index) between(from, to int64) (found []logs.Block) {
	for _, b := range x.blocks {
		if b.last >= from && b.first < to {
			found = append(found, logs.Block{Start: b.start, End: b.end, First: fromMillis(b.first), Last: fromMillis(b.last)})
		}
	}
	return found
}
