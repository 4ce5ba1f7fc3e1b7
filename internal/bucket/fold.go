package bucket

import (
	"strings"
	"unicode/utf8"
)

// batch is how many records are read at once.
const batch = 1000

// folding makes a page of records that come in the order of their keys. What keys have in common up to the delimiter is
// shown once and then skipped, without a look at the keys that it stands for.
type folding[T any] struct {
	listing Listing
	key     func(T) string
	id      func(T) string // tells records of one key apart; nil where there is one a key

	page  Page[T]
	span  Span   // where to read on
	after string // and behind which ID of the key span.From
	over  bool
}

// read returns the records of a span, limit at most. Of the key span.From it returns those behind an ID, if one is given.
type read[T any] func(span Span, after string, limit int) ([]T, error)

func (f *folding[T]) run(next read[T]) (Page[T], error) {
	f.begin()
	limit := min(batch, f.listing.Max+1)
	for !f.over {
		records, err := next(f.span, f.after, limit)
		if err != nil {
			return f.page, err
		}
		f.over = len(records) < limit
		for _, record := range records {
			if !f.take(record) {
				break
			}
		}
	}
	return f.page, nil
}

func (f *folding[T]) begin() {
	l := f.listing
	f.span, f.over = Span{Prefix: l.Prefix, After: l.After}, l.Max <= 0
	switch {
	case l.Version != "" && f.id != nil:
		f.span, f.after = Span{Prefix: l.Prefix, From: l.After}, l.Version
	case l.After != "" && l.common(l.After) == l.After:
		f.skip(l.After)
	}
}

// take adds a record to the page, and reports whether the next record follows it.
func (f *folding[T]) take(record T) bool {
	if len(f.page.Entries)+len(f.page.Prefixes) == f.listing.Max {
		f.page.Truncated, f.over = true, true
		return false
	}
	key := f.key(record)
	if common := f.listing.common(key); common != "" {
		f.page.Prefixes = append(f.page.Prefixes, common)
		f.page.Next, f.page.NextVersion = common, ""
		f.over = false // of the keys behind those that are skipped, none was read
		f.skip(common)
		return false
	}
	f.page.Entries = append(f.page.Entries, record)
	f.page.Next, f.span = key, Span{Prefix: f.listing.Prefix, After: key}
	if f.id != nil {
		f.after = f.id(record)
		f.page.NextVersion, f.span = f.after, Span{Prefix: f.listing.Prefix, From: key}
	}
	return true
}

// skip reads on behind all keys that begin with a text.
func (f *folding[T]) skip(text string) {
	f.span, f.after = Span{Prefix: f.listing.Prefix, From: Beyond(text)}, ""
	f.over = f.over || f.span.From == ""
}

// common returns what a key has in common with others: all up to the first delimiter behind the prefix. It is empty if the
// key has none there.
func (l Listing) common(key string) string {
	rest, found := strings.CutPrefix(key, l.Prefix)
	if !found || l.Delimiter == "" {
		return ""
	}
	i := strings.Index(rest, l.Delimiter)
	if i < 0 {
		return ""
	}
	return key[:len(l.Prefix)+i+len(l.Delimiter)]
}

// Beyond returns the first text, in the order of bytes, behind all that begin with the given one. It is empty if there is
// none.
func Beyond(text string) string {
	for text != "" {
		last, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
		switch {
		case last == utf8.MaxRune, last == utf8.RuneError && size == 1: // none follows; no character at all
			continue
		case last == 0xD7FF: // what follows stands for no characters
			return text + "\uE000"
		}
		return text + string(last+1)
	}
	return ""
}
