package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
)

// bareMessage writes restXml without structures, as far as recordings use S3: what the path names, and a body.
func (c *call) bareMessage() (*message, error) {
	m := &message{method: c.operation.Method, header: http.Header{}}
	labels := map[string]string{}
	for name, value := range c.params {
		switch {
		case strings.Contains(c.operation.Path, "{"+name+"}"), strings.Contains(c.operation.Path, "{"+name+"+}"):
			labels[name] = plainText(value)
		case name == "Body":
			m.body = payloadBytes(value)
		default:
			return nil, fmt.Errorf("the replay does not send %s of %s", name, c.operation.Name)
		}
	}
	m.path = expand(c.operation.Path, labels, nil)
	m.digest()
	return m, nil
}

// digest adds the header that S3 asks for beside a signature.
func (m *message) digest() {
	sum := sha256.Sum256(m.body)
	m.header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
}

// restXMLFailure reads an error of S3.
func restXMLFailure(content []byte) map[string]any {
	var body struct {
		Code    string
		Message string
	}
	_ = xml.Unmarshal(content, &body) // a body that is no XML has no code
	return map[string]any{"Error": map[string]any{"Code": body.Code, "Message": body.Message}}
}
