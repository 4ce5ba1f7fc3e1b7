package payload

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// IntegrationType is the content type of a streamed answer that begins with a prelude (AWS's page "Response streaming for
// Lambda functions").
const IntegrationType = "application/vnd.awslambda.http-integration-response"

// maxPrelude is the longest prelude in bytes, far more than headers may have.
const maxPrelude = 64 << 10

// delimiter ends a prelude.
var delimiter = make([]byte, 8)

// Prelude collects the beginning of a streamed answer: status, headers and cookies as JSON, eight zero bytes, and then
// the body. The zero Prelude has seen nothing.
type Prelude struct{ seen []byte }

// Add takes the next piece. Head is nil as long as the prelude goes on; with it comes what the piece has of the body.
// Errors: ErrMalformed.
func (p *Prelude) Add(piece []byte) (head *Answer, body []byte, err error) {
	from := max(0, len(p.seen)-len(delimiter)+1)
	p.seen = append(p.seen, piece...)
	end := bytes.Index(p.seen[from:], delimiter)
	if end < 0 {
		if len(p.seen) > maxPrelude {
			return nil, nil, fmt.Errorf("%w: its prelude has more than %d bytes", ErrMalformed, maxPrelude)
		}
		return nil, nil, nil
	}
	end += from
	var members map[string]json.RawMessage
	if err := json.Unmarshal(p.seen[:end], &members); err != nil || members == nil {
		return nil, nil, fmt.Errorf("%w: its prelude is no object", ErrMalformed)
	}
	if absent(members["statusCode"]) {
		members["statusCode"] = json.RawMessage("200")
	}
	head, err = readHead(members, "application/octet-stream")
	return head, p.seen[end+len(delimiter):], err
}
