package s3

import (
	"net/http"
	"strings"

	"sluice/internal/bucket"
)

// stretch is the part of an object that is asked for.
type stretch struct {
	offset, length int64
	partial        bool
	parts          int // how many parts the object has, if one of them is asked for
}

func (s stretch) of(size int64) string {
	return "bytes " + text(s.offset) + "-" + text(s.offset+s.length-1) + "/" + text(size)
}

// stretch reads the header Range or the parameter partNumber.
func (r *request) stretch(o *bucket.Object) (stretch, error) {
	number, header := r.query.Get("partNumber"), r.Header.Get("Range")
	switch {
	case number != "" && header != "":
		return stretch{}, refusal("InvalidRequest", http.StatusBadRequest, "Cannot specify both Range header and partNumber query parameter")
	case number != "":
		return partOf(o, number)
	}
	asked, ok := parseRange(header, o.Size)
	if !ok {
		return stretch{length: o.Size}, nil // S3 sends the whole for what it can't read
	}
	if asked.length <= 0 {
		return asked, refusal("InvalidRange", http.StatusRequestedRangeNotSatisfiable, "The requested range is not satisfiable",
			extra{"RangeRequested", header}, extra{"ActualObjectSize", text(o.Size)})
	}
	return asked, nil
}

// parseRange reads "bytes=1-2", "bytes=1-" and "bytes=-2". A stretch without length can't be satisfied.
func parseRange(header string, size int64) (stretch, bool) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return stretch{}, false
	}
	const most = 1<<63 - 1
	if first == "" {
		n, err := parseNumber(last, 0, most)
		n = min(n, size)
		return stretch{offset: size - n, length: n, partial: true}, err == nil
	}
	from, err := parseNumber(first, 0, most)
	if err != nil {
		return stretch{}, false
	}
	to := size - 1
	if last != "" {
		n, err := parseNumber(last, 0, most)
		if err != nil || n < from {
			return stretch{}, false
		}
		to = min(to, n)
	}
	return stretch{offset: from, length: to - from + 1, partial: true}, true
}

// partOf returns where a part of an object lies. What was not uploaded in parts has one.
func partOf(o *bucket.Object, number string) (stretch, error) {
	n, err := parseNumber(number, 1, bucket.MaxPart)
	if err != nil {
		return stretch{}, invalidArgument("partNumber", number, "Part number must be an integer between 1 and 10000, inclusive")
	}
	sizes := o.PartSizes()
	s := stretch{partial: true, parts: len(sizes)}
	if sizes == nil {
		sizes = []int64{o.Size}
	}
	if n > int64(len(sizes)) {
		return s, refusal("InvalidPartNumber", http.StatusRequestedRangeNotSatisfiable, "The requested partnumber is not satisfiable",
			extra{"ActualPartCount", text(int64(len(sizes)))}, extra{"PartNumberRequested", number})
	}
	for _, size := range sizes[:n-1] {
		s.offset += size
	}
	s.length = sizes[n-1]
	s.partial = s.length > 0
	return s, nil
}
