package wire

import (
	"reflect"
	"strconv"

	"sluice/internal/api/shape"
)

// readPlaces fills the members that travel in the path, the query string and headers.
func readPlaces(r *Request, l *layout, v reflect.Value) error {
	for _, p := range l.uri {
		if err := readText(v.Field(p.field), []string{r.Label(p.name)}, p.name); err != nil {
			return err
		}
	}
	for _, p := range l.query {
		if err := readText(v.Field(p.field), r.queryAll(p.name), p.name); err != nil {
			return err
		}
	}
	for _, p := range l.header {
		if err := readText(v.Field(p.field), r.HTTP.Header.Values(p.name), p.name); err != nil {
			return err
		}
	}
	return nil
}

// readText fills a member from texts; none leaves it absent, and only a list takes more than the first. A map stands for all
// parameters of a query string that no other member has: handlers find them there.
func readText(v reflect.Value, texts []string, name string) error {
	if len(texts) == 0 || v.Kind() == reflect.Map {
		return nil
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.ValueOf(texts))
		return nil
	}
	value := reflect.New(v.Type().Elem()).Elem()
	if !parseText(value, texts[0]) {
		return mistyped(name, texts[0], kindName(value.Type()))
	}
	v.Set(value.Addr())
	return nil
}

func parseText(v reflect.Value, text string) bool {
	var err error
	switch v.Interface().(type) {
	case string:
		v.SetString(text)
	case bool:
		v.SetBool(text == "true")
		return text == "true" || text == "false"
	case int64:
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		v.SetInt(n)
	case float64:
		var f float64
		f, err = strconv.ParseFloat(text, 64)
		v.SetFloat(f)
	case shape.Timestamp:
		var t shape.Timestamp
		t, err = shape.ParseTimestamp(text)
		v.Set(reflect.ValueOf(t))
	default:
		return false
	}
	return err == nil
}
