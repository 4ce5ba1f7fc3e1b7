package wire

import (
	"reflect"
	"strings"
	"sync"
)

// layout says where the members of a structure travel. It is read once from the tags that package shape explains.
type layout struct {
	body, uri, query, header []place // in the order of the fields
	payload, status          int     // -1: none
}

type place struct {
	name  string
	field int
	form  spelledList // of a list or map in the body
}

// spelledList is how the query protocol spells a list or map: below "member" or "entry", or flat.
type spelledList struct {
	flat             bool
	item, key, value string
}

// spelledPlainly is how lists and maps are spelled if the model says nothing.
var spelledPlainly = spelledList{item: "member", key: "key", value: "value"}

var layouts sync.Map // of *layout by reflect.Type: the tags of a type never change

func layoutOf(t reflect.Type) *layout {
	if l, ok := layouts.Load(t); ok {
		return l.(*layout)
	}
	l := &layout{payload: -1, status: -1}
	for i := range t.NumField() {
		l.add(t.Field(i).Tag, i)
	}
	layouts.Store(t, l)
	return l
}

func (l *layout) add(tag reflect.StructTag, field int) {
	for _, in := range []struct {
		key  string
		list *[]place
	}{{"uri", &l.uri}, {"query", &l.query}, {"header", &l.header}} {
		if name, ok := tag.Lookup(in.key); ok {
			*in.list = append(*in.list, place{name: name, field: field})
			return
		}
	}
	if _, ok := tag.Lookup("payload"); ok {
		l.payload = field
	} else if _, ok := tag.Lookup("status"); ok {
		l.status = field
	} else if name, _, _ := strings.Cut(tag.Get("json"), ","); name != "" && name != "-" {
		l.body = append(l.body, place{name, field, listSpelling(tag.Get("list"))})
	}
}

// listSpelling reads a tag such as "flat,item=Name".
func listSpelling(tag string) spelledList {
	as := spelledPlainly
	for part := range strings.SplitSeq(tag, ",") {
		key, name, _ := strings.Cut(part, "=")
		switch key {
		case "flat":
			as.flat = true
		case "item":
			as.item = name
		case "key":
			as.key = name
		case "value":
			as.value = name
		}
	}
	return as
}
