package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// model is the part of a botocore service model that gen uses.
type model struct {
	Metadata struct {
		ServiceID           string
		ServiceAbbreviation string
		SigningName         string
		EndpointPrefix      string
		APIVersion          string
		TargetPrefix        string
		JSONVersion         string
		XMLNamespace        string
		Protocol            string
		Protocols           []string
		AWSQueryCompatible  *struct{}
	}
	Operations ordered[operation]
	Shapes     map[string]*shape
}

type operation struct {
	HTTP struct {
		Method       string
		RequestURI   string
		ResponseCode int
	}
	Input, Output *reference
}

type reference struct{ Shape, LocationName string }

// shape is a type of the model, or an override of one; a nil field of an override keeps the model's.
type shape struct {
	Type        string
	Members     ordered[member]
	Required    []string
	Member      *reference
	Key, Value  *reference
	Min, Max    *float64
	Pattern     *string
	Enum        []string
	Sensitive   bool
	EventStream bool
	Exception   bool
	Payload     string
	Flattened   bool
	// TimestampFormat is how the shape's own times are written, where that is not as the protocol writes times.
	TimestampFormat string

	// What overrides alone set; see shape.Constraint.
	ofList   bool
	sparse   bool
	unlisted []string
}

type member struct {
	Shape        string
	Location     string
	LocationName string
	Flattened    bool
}

// ordered is a JSON object that keeps the order of its keys: the order of a structure's members is that of messages.
type ordered[T any] struct {
	names  []string
	values map[string]*T
}

func (o *ordered[T]) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, &o.values); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		o.names = append(o.names, name.(string))
		var skipped json.RawMessage
		if err := dec.Decode(&skipped); err != nil {
			return err
		}
	}
	return nil
}

// readModel reads a service's model out of the wheel, where it stands compressed or plain.
func readModel(wheel fs.FS, folder string) (*model, error) {
	path := "botocore/data/" + folder + "/service-2.json"
	text, err := fs.ReadFile(wheel, path)
	if err != nil {
		if text, err = readCompressed(wheel, path+".gz"); err != nil {
			return nil, fmt.Errorf("read the model of %s: %w", folder, err)
		}
	}
	var m model
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("parse the model of %s: %w", folder, err)
	}
	return &m, nil
}

func readCompressed(wheel fs.FS, path string) ([]byte, error) {
	f, err := wheel.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

var _ fs.FS = (*zip.Reader)(nil)

// narrow takes the structures from all operations but some; with none given, from none.
func (m *model) narrow(only []string) error {
	for _, name := range only {
		if m.Operations.values[name] == nil {
			return fmt.Errorf("the model of %s has no operation %s", m.Metadata.ServiceID, name)
		}
	}
	for _, name := range m.Operations.names {
		if op := m.Operations.values[name]; only != nil && !slices.Contains(only, name) {
			op.Input, op.Output = nil, nil
		}
	}
	return nil
}

// protocols lists what the service speaks, the model's preference first.
func (m *model) protocols() []string {
	if len(m.Metadata.Protocols) > 0 {
		return m.Metadata.Protocols
	}
	return []string{m.Metadata.Protocol}
}

func (m *model) signingName() string {
	if m.Metadata.SigningName != "" {
		return m.Metadata.SigningName
	}
	return m.Metadata.EndpointPrefix
}

// reachable returns the structures that operations' inputs and outputs consist of, in the order of their discovery.
func (m *model) reachable(root string) []string {
	var found []string
	seen := map[string]bool{}
	var walk func(name string)
	walk = func(name string) {
		s := m.Shapes[name]
		if seen[name] || s.EventStream {
			return
		}
		seen[name] = true
		if s.Type == "structure" {
			found = append(found, name)
		}
		for _, n := range s.Members.names {
			walk(s.Members.values[n].Shape)
		}
		for _, r := range []*reference{s.Member, s.Value} {
			if r != nil {
				walk(r.Shape)
			}
		}
	}
	walk(root)
	return found
}
