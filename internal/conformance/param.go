package conformance

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parameters prepares what a step sends: earlier answers, blobs and times are put in.
type parameters struct {
	answers []any
	started time.Time // of the recording's replay, as a whole second
}

// resolve returns a recorded parameter as it is sent. Blobs become []byte.
func (p *parameters) resolve(value any) (any, error) {
	switch x := value.(type) {
	case string:
		return dereference(x, p.answers), nil
	case []any:
		out := make([]any, len(x))
		for i, item := range x {
			var err error
			if out[i], err = p.resolve(item); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		if len(x) == 1 {
			for name, inside := range x {
				return p.special(x, name, inside)
			}
		}
		return p.members(x)
	}
	return value, nil
}

// special makes the value that an object stands for by its only key, if it stands for one.
func (p *parameters) special(object map[string]any, name string, inside any) (any, error) {
	switch name {
	case "zip":
		return zipped(inside)
	case "text":
		return []byte(plainText(inside)), nil
	case "base64":
		return base64.StdEncoding.DecodeString(plainText(inside))
	case "repeat":
		return repeated(inside)
	case "json":
		return p.compact(inside)
	case "now", "now_s":
		return p.later(inside, time.Second)
	case "now_ms":
		return p.later(inside, time.Millisecond)
	}
	return p.members(object)
}

func (p *parameters) members(object map[string]any) (map[string]any, error) {
	out := make(map[string]any, len(object))
	for name, inside := range object {
		value, err := p.resolve(inside)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = value
	}
	return out, nil
}

// later is the start of the replay plus n units, in that unit.
func (p *parameters) later(n any, unit time.Duration) (any, error) {
	count, ok := number(n)
	if !ok {
		return nil, fmt.Errorf("%v is no number of units of %s", n, unit)
	}
	at := p.started.Add(time.Duration(count * float64(unit)))
	return json.Number(strconv.FormatInt(at.UnixNano()/int64(unit), 10)), nil
}

// zipped makes a package of files. Equal files make equal bytes.
func zipped(files any) ([]byte, error) {
	contents, ok := files.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("a zip needs an object of files")
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		header.SetMode(0o755) // a bootstrap has to be executable, and nothing else minds
		w, err := archive.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(plainText(contents[name]))); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

func repeated(value any) ([]byte, error) {
	r, ok := value.(map[string]any)
	times, isNumber := number(r["times"])
	if !ok || !isNumber || times < 0 {
		return nil, fmt.Errorf("a repeat needs before, text, times and after")
	}
	text := func(name string) string {
		s, _ := r[name].(string)
		return s
	}
	return []byte(text("before") + strings.Repeat(text("text"), int(times)) + text("after")), nil
}

func (p *parameters) compact(value any) (any, error) {
	resolved, err := p.resolve(value)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(resolved)
	return string(text), err
}
