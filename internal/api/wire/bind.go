package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/api/shape"
)

// readJSON fills the structure v from a JSON object; no body at all is an empty one.
func readJSON(body []byte, v reflect.Value) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	tree, err := parseJSON(body)
	if err != nil {
		return serialization("The request's body is not valid JSON: " + err.Error() + ".")
	}
	return bind(v, tree)
}

// bind fills the structure v from a decoded body: maps by name, slices, strings or text, numbers (json.Number, or as CBOR has
// them), booleans, bytes and times. Unknown members are ignored and a null member is an absent one; a null in a list or
// map is an error, since the structures have no place for it.
func bind(v reflect.Value, tree any) error {
	if tree == nil {
		return nil
	}
	if err := (binder{}).value(v, tree, ""); err != nil {
		return err
	}
	return nil
}

type binder struct {
	loose bool // a scalar may be written as one of another type
}

func (b binder) value(v reflect.Value, tree any, path string) *Error {
	switch v.Interface().(type) {
	case shape.Timestamp:
		return b.timestamp(v, tree, path)
	case []byte:
		return b.blob(v, tree, path)
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return b.value(v.Elem(), tree, path)
	case reflect.Struct:
		return b.structure(v, tree, path)
	case reflect.Slice:
		return b.list(v, tree, path)
	case reflect.Map:
		return b.table(v, tree, path)
	}
	return b.scalar(v, tree, path)
}

func (b binder) structure(v reflect.Value, tree any, path string) *Error {
	members, ok := tree.(map[string]any)
	if !ok {
		return mistyped(path, tree, "a structure")
	}
	for _, p := range layoutOf(v.Type()).body {
		value, present := members[p.name]
		if !present || value == nil {
			continue
		}
		if err := b.value(v.Field(p.field), value, join(path, p.name)); err != nil {
			return err
		}
	}
	return nil
}

func (b binder) list(v reflect.Value, tree any, path string) *Error {
	items, ok := tree.([]any)
	if !ok {
		return mistyped(path, tree, "a list")
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		at := path + "[" + strconv.Itoa(i) + "]"
		if item == nil {
			return mistyped(at, nil, kindName(v.Type().Elem()))
		}
		if err := b.value(out.Index(i), item, at); err != nil {
			return err
		}
	}
	v.Set(out)
	return nil
}

func (b binder) table(v reflect.Value, tree any, path string) *Error {
	entries, ok := tree.(map[string]any)
	if !ok {
		return mistyped(path, tree, "a map")
	}
	out := reflect.MakeMapWithSize(v.Type(), len(entries))
	at := join(path, "value")                               // a key may be as secret as its value
	for _, key := range slices.Sorted(maps.Keys(entries)) { // of two mistakes the same is told each time
		entry := entries[key]
		if entry == nil {
			return mistyped(at, nil, kindName(v.Type().Elem()))
		}
		value := reflect.New(v.Type().Elem()).Elem()
		if err := b.value(value, entry, at); err != nil {
			return err
		}
		out.SetMapIndex(reflect.ValueOf(key), value)
	}
	v.Set(out)
	return nil
}

func (b binder) scalar(v reflect.Value, tree any, path string) *Error {
	if b.loose {
		tree = loosely(v.Kind(), tree)
	}
	switch v.Kind() {
	case reflect.String:
		if s, ok := asString(tree); ok {
			v.SetString(s)
			return nil
		}
	case reflect.Bool:
		if yes, ok := tree.(bool); ok {
			v.SetBool(yes)
			return nil
		}
	case reflect.Int64:
		if n, ok := wholeNumber(tree); ok {
			v.SetInt(n)
			return nil
		}
	case reflect.Float64:
		if f, ok := anyDouble(tree); ok {
			v.SetFloat(f)
			return nil
		}
	}
	return mistyped(path, tree, kindName(v.Type()))
}

// loosely reads a scalar as one of the type that is wanted, if it can be read so.
func loosely(want reflect.Kind, tree any) any {
	written, isText := asString(tree)
	switch {
	case want == reflect.String && !isText:
		switch x := tree.(type) {
		case bool:
			return strconv.FormatBool(x)
		case json.Number, int, int64, uint64:
			return fmt.Sprint(x)
		case float64:
			return strconv.FormatFloat(x, 'f', -1, 64)
		}
	case want == reflect.Bool && isText:
		if yes, err := strconv.ParseBool(strings.ToLower(written)); err == nil && len(written) > 1 {
			return yes
		}
	case want != reflect.String && isText:
		return json.Number(written)
	}
	if n, ok := tree.(int); ok {
		return int64(n)
	}
	return tree
}

func (b binder) blob(v reflect.Value, tree any, path string) *Error {
	switch x := tree.(type) {
	case []byte:
		v.SetBytes(x)
		return nil
	case text:
		return b.base64(v, x, path)
	case string:
		return b.base64(v, []byte(x), path)
	}
	return mistyped(path, tree, "a blob")
}

func (b binder) base64(v reflect.Value, coded []byte, path string) *Error {
	data := make([]byte, base64.StdEncoding.DecodedLen(len(coded)))
	n, err := base64.StdEncoding.Decode(data, coded)
	if err != nil {
		return serialization("Value at '" + path + "' is not valid base64.")
	}
	v.SetBytes(data[:n])
	return nil
}

func (b binder) timestamp(v reflect.Value, tree any, path string) *Error {
	seconds, ok := anyNumber(tree)
	if t, tagged := tree.(time.Time); tagged {
		seconds, ok = secondsOf(t), true
	}
	if ok {
		t, err := shape.FromSeconds(seconds)
		if err != nil {
			return serialization("Value at '" + path + "' is out of the range of timestamps.")
		}
		v.Set(reflect.ValueOf(t))
		return nil
	}
	return mistyped(path, tree, "a timestamp in epoch seconds")
}

// secondsOf is a tagged time of CBOR as seconds since 1970. The decoder makes the zero time of what is no number, and
// far years of what no int64 holds.
func secondsOf(t time.Time) float64 {
	if t.IsZero() {
		return math.NaN()
	}
	return float64(t.Unix()) + float64(t.Nanosecond())/1e9
}

// wholeNumber accepts every spelling of a whole number that an int64 holds: 3, 3.0 and 3e0.
func wholeNumber(tree any) (int64, bool) {
	switch x := tree.(type) {
	case json.Number:
		if n, err := strconv.ParseInt(x.String(), 10, 64); err == nil {
			return n, true
		}
	case int64:
		return x, true
	case uint64:
		return int64(x), x <= math.MaxInt64
	}
	f, ok := anyNumber(tree)
	return int64(f), ok && f == math.Trunc(f) && math.Abs(f) < 1<<63
}

func anyDouble(tree any) (float64, bool) {
	if f, ok := anyNumber(tree); ok {
		return f, true
	}
	return specialDouble(tree)
}

func anyNumber(tree any) (float64, bool) {
	switch x := tree.(type) {
	case json.Number:
		f, err := x.Float64()
		return f, err == nil
	case float64:
		return x, true
	case int64:
		return float64(x), true
	case uint64:
		return float64(x), true
	case *big.Int:
		f, _ := new(big.Float).SetInt(x).Float64()
		return f, true
	}
	return 0, false
}

// mistyped names the member whose value has the wrong type, without showing the value: it may be secret.
func mistyped(path string, tree any, want string) *Error {
	at := "Value at '" + path + "'"
	if path == "" {
		at = "The request's body"
	}
	err := serialization(at + " is " + sentKind(tree) + ", where " + want + " is expected.")
	err.mistyped = &Mistyped{Path: path, Sent: sentKind(tree), Want: want}
	return err
}

// Mistyped is a member whose value has the wrong type.
type Mistyped struct {
	Path string // such as "requestParameters.value"; empty is the whole body
	// Sent and Want are "a string", "a boolean", "a whole number", "a number", "a list", "a map", "a structure", "a blob",
	// "a timestamp" or "null".
	Sent, Want string
}

func sentKind(tree any) string {
	switch tree.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "a structure"
	case []any:
		return "a list"
	case string, text:
		return "a string"
	case bool:
		return "a boolean"
	case []byte:
		return "a blob"
	case time.Time:
		return "a timestamp"
	}
	if _, ok := wholeNumber(tree); ok {
		return "a whole number"
	}
	return "a number"
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	case reflect.Map:
		return "a map"
	}
	return "a structure"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
