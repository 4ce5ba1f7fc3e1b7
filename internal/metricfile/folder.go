package metricfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const extension = ".metrics"

// folder holds segments, whose names are numbers in the order in which they were written.
type folder struct {
	dir     string
	most    int64 // bytes of all segments
	segment int64 // bytes of one, before another is begun
}

// segments lists the numbers of the segments, oldest first. Other files are left alone.
func (f *folder) segments() ([]uint64, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, err
	}
	var numbers []uint64
	for _, entry := range entries {
		digits, ok := strings.CutSuffix(entry.Name(), extension)
		if number, err := strconv.ParseUint(digits, 10, 64); ok && err == nil && f.path(number) == filepath.Join(f.dir, entry.Name()) {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (f *folder) path(number uint64) string {
	return filepath.Join(f.dir, fmt.Sprintf("%016d%s", number, extension))
}

// create makes the segment that follows all others.
func (f *folder) create() (*os.File, error) {
	numbers, err := f.segments()
	if err != nil {
		return nil, err
	}
	var next uint64 = 1
	if n := len(numbers); n > 0 {
		next = numbers[n-1] + 1
	}
	file, err := os.OpenFile(f.path(next), os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := file.WriteString(magic); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// trim removes the oldest segments, until there is room for the newest to grow.
func (f *folder) trim() error {
	numbers, err := f.segments()
	if err != nil {
		return err
	}
	var total int64
	for i, number := range slices.Backward(numbers) {
		info, err := os.Stat(f.path(number))
		if err != nil {
			return err
		}
		total += info.Size()
		if i < len(numbers)-1 && total > f.most-f.segment {
			if err := os.Remove(f.path(number)); err != nil {
				return err
			}
		}
	}
	return nil
}
