package main

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"
)

// catalogFile writes the bare operation table of a service.
func catalogFile(m *model, t table) ([]byte, error) {
	m.Operations.names = slices.DeleteFunc(m.Operations.names, func(name string) bool { return name == t.without })
	return goFile("catalog", m.operationTable(t.ident, false))
}

// catalogIndex writes the package's comment and the list of its tables.
func catalogIndex(tables []table) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(marked + `// Package catalog lists the operations of services without generated structures, so that an operation that Sluice
// lacks can be answered with an error that names it, in that service's protocol.
//
// Structures and constraints do not belong here: a service that gets handlers gets a package of its own. Called by
// internal/api/wire.
package catalog

import "sluice/internal/api/shape"

// Services returns all tables. They are shared and must not be changed.
func Services() []*shape.Model {
	return []*shape.Model{`)
	for i, t := range tables {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "&%s", t.ident)
	}
	b.WriteString("}\n}\n")
	return format.Source(b.Bytes())
}
