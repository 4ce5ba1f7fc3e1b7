package velocity

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"sluice/internal/fault"
)

// ParseJSON reads a JSON text into values of templates.
// Errors: fault.Invalid "JSON".
func ParseJSON(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	value, err := decode(d, 0)
	if err == nil {
		if _, more := d.Token(); errors.Is(more, io.EOF) {
			return value, nil
		}
	}
	return nil, fault.Errorf(fault.Invalid, "JSON", "the text is not valid JSON")
}

func decode(d *json.Decoder, depth int) (any, error) {
	if depth > maxDepth {
		return nil, tooMuch("JSON is nested too deeply")
	}
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return decodeMap(d, depth)
		}
		return decodeList(d, depth)
	case json.Number:
		return number(t.String()), nil
	}
	return token, nil
}

func decodeMap(d *json.Decoder, depth int) (any, error) {
	m := &Map{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		value, err := decode(d, depth+1)
		if err != nil {
			return nil, err
		}
		m.Set(key.(string), value) // the decoder lets nothing else be a key
	}
	_, err := d.Token()
	return m, err
}

func decodeList(d *json.Decoder, depth int) (any, error) {
	l := &List{json: true}
	for d.More() {
		value, err := decode(d, depth+1)
		if err != nil {
			return nil, err
		}
		l.items = append(l.items, value)
	}
	_, err := d.Token()
	return l, err
}

// number reads a JSON number. One that is too large for a whole number stays as it is written.
func number(text string) any {
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole
	}
	if !strings.ContainsAny(text, ".eE") {
		return json.Number(text)
	}
	if fraction, err := strconv.ParseFloat(text, 64); err == nil {
		return fraction
	}
	return json.Number(text)
}

// writeJSON writes a value as JSON without white space.
func (r *run) writeJSON(out *strings.Builder, value any, depth int) error {
	if err := r.spend(1); err != nil {
		return err
	}
	if depth > maxDepth || out.Len() > MaxSize {
		return tooMuch("a value is too large to be written")
	}
	switch v := value.(type) {
	case *List:
		return r.writeJSONList(out, v, depth)
	case *Map:
		return r.writeJSONMap(out, v, depth)
	case string:
		out.WriteString(quoted(v))
	case float64:
		out.WriteString(jsonNumber(v))
	default:
		out.WriteString(scalar(value))
	}
	return nil
}

func (r *run) writeJSONList(out *strings.Builder, l *List, depth int) error {
	out.WriteByte('[')
	for i, item := range l.items {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := r.writeJSON(out, item, depth+1); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func (r *run) writeJSONMap(out *strings.Builder, m *Map, depth int) error {
	out.WriteByte('{')
	for i, key := range m.keys {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(quoted(key) + ":")
		if err := r.writeJSON(out, m.values[key], depth+1); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func jsonNumber(v float64) string {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return "null"
	}
	return decimal(v)
}

// quoted is a text as JSON; <, > and & stay as they are.
func quoted(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a text: never fails
	return strings.TrimSuffix(out.String(), "\n")
}

// json is a value as JSON.
func (r *run) json(value any) (string, error) {
	var out strings.Builder
	if err := r.writeJSON(&out, value, 0); err != nil {
		return "", err
	}
	return out.String(), nil
}
