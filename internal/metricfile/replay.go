package metricfile

import (
	"errors"
	"fmt"
	"io"
	"os"

	"sluice/internal/metric"
)

// Replay hands over all data, oldest first, and makes the newest segment ready to be gone on with. It implements
// metric.Journal, and is called before the first Append. Damage is no error: what can be read is handed over.
func (j *Journal) Replay(apply func(data []metric.Datum)) error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.closed {
		return ErrClosed
	}
	numbers, err := j.folder.segments()
	if err != nil {
		return err
	}
	for i, number := range numbers {
		d, err := j.replay(number, apply)
		if err == nil && d != nil && i == len(numbers)-1 {
			err = j.goOn(number, d)
		}
		if err != nil {
			return fmt.Errorf("read the metrics' journal: %w", err)
		}
	}
	return nil
}

// replay reads one segment. It returns no decoder if the file is no segment.
func (j *Journal) replay(number uint64, apply func([]metric.Datum)) (*decoder, error) {
	file, err := os.Open(j.folder.path(number))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	d, err := newDecoder(file, info.Size())
	if err != nil {
		j.logger.Warn("a segment of the metrics' journal can't be read", "file", file.Name(), "error", err)
		return nil, nil
	}
	for {
		data, err := d.next()
		switch {
		case errors.Is(err, io.EOF):
			return d, nil
		case errors.Is(err, errDamaged):
			j.logger.Warn("metrics are lost", "file", file.Name(), "bytes", d.size-d.offset, "error", err)
			return d, nil
		}
		apply(data)
	}
}

// goOn cuts off what could not be read, and opens the segment for appending.
func (j *Journal) goOn(number uint64, d *decoder) error {
	file, err := os.OpenFile(j.folder.path(number), os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if err := file.Truncate(d.offset); err != nil {
		return errors.Join(err, file.Close())
	}
	j.file, j.size, j.encoder = file, d.offset, newEncoder()
	for i := range d.metrics {
		known := metric.Datum{ID: d.metrics[i].ID, Unit: d.metrics[i].unit}
		j.encoder.appendMetric(nil, &known)
	}
	return nil
}
