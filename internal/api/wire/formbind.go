package wire

import (
	"encoding/base64"
	"net/http"
	"reflect"

	"sluice/internal/api/shape"
)

// readForm fills the structure v from the parameters of the query protocol. Parameters that v has no member for are
// ignored, as the protocol's own Action and Version are.
func readForm(v reflect.Value, f form) error {
	if err := (formBinder{}).structure(v, f, 0); err != nil {
		return err
	}
	return nil
}

type formBinder struct{}

// formNode is where a value stands in a form: the parameter that bears its name, and those that begin with it.
type formNode struct {
	name   string // of the parameter that the value has or would have
	own    *parameter
	inside form
	after  int
}

func (n *formNode) absent() bool { return n.own == nil && len(n.inside) == 0 }

// text is the value of a scalar. It fails where parts are given in its place.
func (n *formNode) text(want string) (string, *Error) {
	if n.own == nil {
		return "", mistypedParameter(n.name, "has parts, where "+want+" is expected")
	}
	return n.own.value, nil
}

// parts fails where one value is given in place of a structure, list or map; an empty one stands for an empty one.
func (n *formNode) parts(want string) *Error {
	if n.own != nil && n.own.value != "" {
		return mistypedParameter(n.name, "is a single value, where "+want+" is expected")
	}
	return nil
}

func (n *formNode) member(segment string) formNode {
	own, inside, after := n.inside.member(n.after, segment)
	return formNode{join(n.name, segment), own, inside, after}
}

func (b formBinder) structure(v reflect.Value, f form, at int) *Error {
	whole := formNode{inside: f, after: at}
	if at > 0 && len(f) > 0 {
		whole.name = f[0].name[:at-1]
	}
	for _, p := range layoutOf(v.Type()).body {
		n := whole.member(p.name)
		if n.absent() {
			continue
		}
		if err := b.value(v.Field(p.field), &n, p.form); err != nil {
			return err
		}
	}
	return nil
}

// value fills v, which may be a member, an item or an entry. As says how a list or map is spelled.
func (b formBinder) value(v reflect.Value, n *formNode, as spelledList) *Error {
	if _, blob := v.Interface().([]byte); blob {
		return b.blob(v, n)
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return b.value(v.Elem(), n, as)
	case reflect.Slice:
		return b.list(v, n, as)
	case reflect.Map:
		return b.table(v, n, as)
	}
	if _, time := v.Interface().(shape.Timestamp); v.Kind() == reflect.Struct && !time {
		if err := n.parts("a structure"); err != nil {
			return err
		}
		return b.structure(v, n.inside, n.after)
	}
	return b.scalar(v, n)
}

func (b formBinder) scalar(v reflect.Value, n *formNode) *Error {
	want := kindName(v.Type())
	if _, time := v.Interface().(shape.Timestamp); time {
		want = "a timestamp"
	}
	value, err := n.text(want)
	if err != nil {
		return err
	}
	if !parseText(v, value) {
		return mistypedParameter(n.name, "is not "+want)
	}
	return nil
}

func (b formBinder) blob(v reflect.Value, n *formNode) *Error {
	coded, err := n.text("a blob")
	if err != nil {
		return err
	}
	data, broken := base64.StdEncoding.DecodeString(coded)
	if broken != nil {
		return mistypedParameter(n.name, "is not valid base64")
	}
	v.SetBytes(data)
	return nil
}

// list reads the items "Name.member.1", "Name.member.2", or "Name.1", "Name.2" where the model says flat.
func (b formBinder) list(v reflect.Value, n *formNode, as spelledList) *Error {
	all, err := n.items(as.flat, as.item, "a list")
	if err != nil {
		return err
	}
	out := reflect.MakeSlice(v.Type(), len(all), len(all))
	for i := range all {
		if err := b.value(out.Index(i), &all[i], spelledPlainly); err != nil {
			return err
		}
	}
	v.Set(out)
	return nil
}

// table reads the entries "Name.entry.1.key" and "Name.entry.1.value".
func (b formBinder) table(v reflect.Value, n *formNode, as spelledList) *Error {
	all, err := n.items(as.flat, "entry", "a map")
	if err != nil {
		return err
	}
	out := reflect.MakeMapWithSize(v.Type(), len(all))
	for i := range all {
		key, content := all[i].member(as.key), all[i].member(as.value)
		if key.absent() || content.absent() {
			return mistypedParameter(all[i].name, "is an entry without a key or a value")
		}
		name, err := key.text("a string")
		if err != nil {
			return err
		}
		value := reflect.New(v.Type().Elem()).Elem()
		if err := b.value(value, &content, spelledPlainly); err != nil {
			return err
		}
		out.SetMapIndex(reflect.ValueOf(name), value)
	}
	v.Set(out)
	return nil
}

// items returns the numbered parts of a list or map, which stand below the segment between unless it is flat.
func (n *formNode) items(flat bool, between, want string) ([]formNode, *Error) {
	if err := n.parts(want); err != nil {
		return nil, err
	}
	within := *n
	if !flat {
		within = n.member(between)
		if within.absent() && len(n.inside) > 0 {
			return nil, mistypedParameter(n.inside[0].name, "is no part of "+want)
		}
		if err := within.parts(want); err != nil {
			return nil, err
		}
	}
	found, wrong := within.inside.items(within.after)
	if wrong != "" {
		return nil, mistypedParameter(wrong, "is no part of "+want)
	}
	all := make([]formNode, len(found))
	for i, item := range found {
		all[i] = formNode{own: item.own, inside: item.inside, after: item.after}
		if item.own != nil {
			all[i].name = item.own.name
		} else {
			all[i].name = item.inside[0].name[:item.after-1]
		}
	}
	return all, nil
}

// mistypedParameter names the parameter and never shows its value, which may be secret.
func mistypedParameter(name, complaint string) *Error {
	return &Error{Code: "MalformedInput", Status: http.StatusBadRequest,
		Message: "The parameter '" + name + "' " + complaint + "."}
}
