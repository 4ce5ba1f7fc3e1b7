package policy

import (
	"bytes"
	"encoding/json"
)

// Statement allows a principal an action on a resource, if all conditions hold. The JSON of its fields is what stores
// keep; Text is what AWS shows.
type Statement struct {
	Sid        string // unique within its document
	Principal  Principal
	Action     string // such as lambda:InvokeFunction; * and ? are wildcards
	Resource   string // an ARN; * and ? are wildcards
	Conditions []Condition
}

// Condition compares a value of a request with a text. Those of one statement must all hold.
type Condition struct {
	Operator string // StringEquals, StringLike, ArnLike, ArnEquals or Bool; a condition with another one never holds
	Key      string // such as AWS:SourceArn, in any case
	Value    string // for Bool, true or false
}

// Text writes the statement as AWS does: JSON without white space, members in AWS's order.
func (s Statement) Text() string { return string(s.encode()) }

func (s Statement) encode() json.RawMessage {
	return encode(struct {
		Sid       string
		Effect    string
		Principal json.RawMessage
		Action    string
		Resource  string
		Condition json.RawMessage `json:",omitempty"`
	}{s.Sid, "Allow", s.Principal.encode(), s.Action, s.Resource, encodeConditions(s.Conditions)})
}

// encodeConditions writes conditions by operator, operators and keys in the order in which they first come. A map would
// lose it.
func encodeConditions(conditions []Condition) json.RawMessage {
	var out bytes.Buffer
	written := map[string]bool{}
	for i, c := range conditions {
		if written[c.Operator] {
			continue
		}
		written[c.Operator] = true
		separate(&out, len(written) == 1, c.Operator)
		first := true
		for _, same := range conditions[i:] {
			if same.Operator == c.Operator {
				separate(&out, first, same.Key)
				out.Write(encode(same.Value))
				first = false
			}
		}
		out.WriteByte('}')
	}
	if out.Len() == 0 {
		return nil
	}
	out.WriteByte('}')
	return out.Bytes()
}

// separate begins an object with its first member's name, or goes on with the next.
func separate(out *bytes.Buffer, first bool, name string) {
	if first {
		out.WriteByte('{')
	} else {
		out.WriteByte(',')
	}
	out.Write(encode(name))
	out.WriteByte(':')
}

// encode writes JSON as AWS does: <, > and & as they are. What it is given is texts and objects of texts, which always can
// be written.
func encode(value any) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return json.RawMessage("null")
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
