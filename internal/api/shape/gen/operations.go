package main

import (
	"bytes"
	"fmt"
	"strings"
)

// operationTable writes the service's model as a variable. With structures it refers to inputs, outputs and
// constraints; without, the table is bare.
func (m *model) operationTable(ident string, structures bool) string {
	var b bytes.Buffer
	meta := &m.Metadata
	fmt.Fprintf(&b, "// %s is the %s API %s.\nvar %s = shape.Model{\n", ident, meta.ServiceID, meta.APIVersion, ident)
	for _, f := range []struct{ key, value string }{
		{"Name", meta.ServiceID}, {"SigningName", m.signingName()}, {"Version", meta.APIVersion},
		{"TargetPrefix", meta.TargetPrefix}, {"JSONVersion", meta.JSONVersion}, {"Namespace", meta.XMLNamespace},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %q,\n", f.key, f.value)
		}
	}
	if meta.AWSQueryCompatible != nil {
		b.WriteString("QueryErrors: true,\n")
	}
	fmt.Fprintf(&b, "Protocols: []shape.Protocol{%s},\n", goProtocols(m.protocols()))
	b.WriteString("Operations: []shape.Operation{\n")
	demanding := map[string]bool{}
	if structures {
		demanding = m.demanding()
	}
	for _, name := range m.Operations.names {
		b.WriteString(m.operationEntry(name, structures, demanding))
	}
	b.WriteString("},\n}\n")
	return b.String()
}

func (m *model) operationEntry(name string, structures bool, demanding map[string]bool) string {
	op := m.Operations.values[name]
	parts := []string{fmt.Sprintf("Name: %q", name)}
	if strings.HasPrefix(m.protocols()[0], "rest-") {
		parts = append(parts, fmt.Sprintf("Method: %q, Path: %q", op.HTTP.Method, op.HTTP.RequestURI))
	}
	if structures {
		status := op.HTTP.ResponseCode
		if status == 0 {
			status = 200
		}
		parts = append(parts, fmt.Sprintf("Status: %d", status))
		if op.Input != nil {
			parts = append(parts, fmt.Sprintf("Input: (*%s)(nil)", typeName(op.Input.Shape)))
			if demanding[op.Input.Shape] {
				parts = append(parts, "Rules: &"+ruleName(op.Input.Shape))
			}
		}
		if op.Output != nil {
			parts = append(parts, fmt.Sprintf("Output: (*%s)(nil)", typeName(op.Output.Shape)))
		}
	}
	return "{" + strings.Join(parts, ", ") + "},\n"
}

var protocolNames = map[string]string{
	"rest-json": "RestJSON", "json": "AWSJSON", "smithy-rpc-v2-cbor": "CBOR", "query": "Query", "rest-xml": "RestXML",
}

func goProtocols(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, "shape."+protocolNames[n])
	}
	return strings.Join(out, ", ")
}
