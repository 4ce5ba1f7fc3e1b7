package template

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// jsonReader reads JSON. The standard decoder neither tells where a value is nor minds a key that comes twice.
type jsonReader struct {
	text   string
	offset int
	// line and column (characters before counted in it) belong to counted, up to which they were counted: places are asked for in rising
	// order, and a template may be one long line.
	line, column, counted int
	depth                 int
}

func parseJSON(text string) (any, *place, error) {
	r := &jsonReader{text: text, line: 1}
	value, places, err := r.value()
	if err == nil {
		if r.blank(); r.offset < len(text) {
			err = r.malformed()
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return value, places, nil
}

// here is the place of the next character.
func (r *jsonReader) here() *place {
	for ; r.counted < r.offset; r.counted++ {
		switch c := r.text[r.counted]; {
		case c == '\n':
			r.line, r.column = r.line+1, 0
		case utf8.RuneStart(c):
			r.column++
		}
	}
	return &place{line: r.line, column: r.column + 1}
}

// malformed is the error at the next character. CloudFormation names the column behind it
// (recorded: test_validate_invalid_json_template_should_fail).
func (r *jsonReader) malformed() *Error {
	at := r.here()
	return notWellFormed("JSON", at.line, at.column+1, "")
}

func (r *jsonReader) blank() {
	for r.offset < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.offset]) >= 0 {
		r.offset++
	}
}

// take skips white space and then the character, if it comes next.
func (r *jsonReader) take(c byte) bool {
	r.blank()
	if r.offset < len(r.text) && r.text[r.offset] == c {
		r.offset++
		return true
	}
	return false
}

func (r *jsonReader) value() (any, *place, *Error) {
	r.blank()
	at := r.here()
	if r.offset == len(r.text) {
		return nil, nil, r.malformed()
	}
	if r.depth++; r.depth > maxDepth {
		return nil, nil, tooDeep(at)
	}
	defer func() { r.depth-- }()
	switch r.text[r.offset] {
	case '{':
		value, err := r.object(at)
		return value, at, err
	case '[':
		value, err := r.list(at)
		return value, at, err
	case '"':
		value, err := r.str()
		return value, at, err
	}
	value, err := r.word()
	return value, at, err
}

func (r *jsonReader) object(at *place) (map[string]any, *Error) {
	r.offset++
	object := map[string]any{}
	at.keys = map[string]*place{}
	if r.take('}') {
		return object, nil
	}
	for {
		if err := r.member(object, at); err != nil {
			return nil, err
		}
		if r.take('}') {
			return object, nil
		}
		if !r.take(',') {
			return nil, r.malformed()
		}
	}
}

// member reads a key and its value. The member's place is that of its key.
func (r *jsonReader) member(object map[string]any, at *place) *Error {
	r.blank()
	keyAt := r.here()
	key, err := r.str()
	if err != nil {
		return err
	}
	if _, twice := object[key]; twice {
		return duplicate(keyAt, key)
	}
	if !r.take(':') {
		return r.malformed()
	}
	value, valueAt, err := r.value()
	if err != nil {
		return err
	}
	valueAt.line, valueAt.column = keyAt.line, keyAt.column
	object[key], at.keys[key] = value, valueAt
	return nil
}

func (r *jsonReader) list(at *place) ([]any, *Error) {
	r.offset++
	list := []any{}
	if r.take(']') {
		return list, nil
	}
	for {
		value, itemAt, err := r.value()
		if err != nil {
			return nil, err
		}
		list, at.items = append(list, value), append(at.items, itemAt)
		if r.take(']') {
			return list, nil
		}
		if !r.take(',') {
			return nil, r.malformed()
		}
	}
}

func (r *jsonReader) str() (string, *Error) {
	if r.offset == len(r.text) || r.text[r.offset] != '"' {
		return "", r.malformed()
	}
	end := r.offset + 1
	for end < len(r.text) && r.text[end] != '"' && r.text[end] >= ' ' {
		if r.text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(r.text) || r.text[end] != '"' {
		r.offset = min(end, len(r.text))
		return "", r.malformed()
	}
	quoted := r.text[r.offset : end+1]
	if strings.IndexByte(quoted, '\\') < 0 {
		r.offset = end + 1
		return quoted[1 : len(quoted)-1], nil
	}
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return "", r.malformed()
	}
	r.offset = end + 1
	return s, nil
}

// word reads a number, true, false or null.
func (r *jsonReader) word() (any, *Error) {
	end := r.offset
	for end < len(r.text) && strings.IndexByte(" \t\r\n,:]}[{\"", r.text[end]) < 0 {
		end++
	}
	word := r.text[r.offset:end]
	value, ok := scalar(word)
	if _, isText := value.(string); !ok || isText {
		return nil, r.malformed()
	}
	r.offset = end
	return value, nil
}

// scalar is what a word of JSON is: true, false, null or a number as written; else the word and false.
func scalar(word string) (any, bool) {
	switch word {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null":
		return nil, true
	}
	if isNumber(word) {
		return json.Number(word), true
	}
	return word, false
}

// isNumber reports whether a text is a number of JSON.
func isNumber(word string) bool {
	return word != "" && (word[0] == '-' || word[0] >= '0' && word[0] <= '9') && json.Valid([]byte(word))
}
