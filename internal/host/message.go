package host

import (
	"encoding/hex"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"time"

	"sluice/internal/function"
)

// message is a call in the form in which a runtime gets it: the answer to its request for the next invocation.
type message struct {
	head []byte // headers, and the payload if it is small
	body []byte // a large payload, sent from where it is
	pipe *pipe  // takes the answer piece by piece; nil if it has to come as a whole
}

// inline is the size up to which copying a payload is cheaper than a second buffer.
const inline = 16 << 10

// encode writes a call into m, reusing its memory. Header names are those of AWS's Runtime API, version 2018-06-01.
func (m *message) encode(call *function.Call, deadline time.Time) {
	b := m.head[:0]
	b = append(b, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: "...)
	b = appendHeaderValue(b, call.RequestID)
	b = append(b, "\r\nLambda-Runtime-Deadline-Ms: "...)
	b = strconv.AppendInt(b, deadline.UnixMilli(), 10)
	b = append(b, "\r\nLambda-Runtime-Invoked-Function-Arn: "...)
	b = appendHeaderValue(b, call.InvokedARN)
	b = append(b, "\r\nLambda-Runtime-Trace-Id: "...)
	b = appendTrace(b, call.TraceID)
	if call.ClientContext != "" {
		b = append(b, "\r\nLambda-Runtime-Client-Context: "...)
		b = appendHeaderValue(b, call.ClientContext)
	}
	payload := call.Payload
	if len(payload) == 0 {
		payload = []byte("{}") // AWS gives a runtime an empty object if the caller sent nothing
	}
	b = append(b, "\r\nContent-Length: "...)
	b = strconv.AppendInt(b, int64(len(payload)), 10)
	b = append(b, "\r\n\r\n"...)
	m.body = nil
	if len(payload) <= inline {
		b = append(b, payload...)
	} else {
		m.body = payload
	}
	m.head = b
}

// send writes the message to a runtime. A large one has until the deadline, since a runtime that does not read would
// hold the writer; a small one fits into the socket's buffer.
func (m *message) send(to net.Conn, deadline time.Time) error {
	if m.body == nil {
		_, err := to.Write(m.head)
		return err
	}
	if err := to.SetWriteDeadline(deadline); err != nil {
		return err
	}
	buffers := net.Buffers{m.head, m.body}
	if _, err := buffers.WriteTo(to); err != nil {
		return err
	}
	return to.SetWriteDeadline(time.Time{})
}

// appendHeaderValue keeps what a caller wrote from ending the header: line ends and other control characters become
// spaces, which JSON, the only multi-line value, permits.
func appendHeaderValue(b []byte, s string) []byte {
	start := len(b)
	b = append(b, s...)
	for i, c := range b[start:] {
		if c < ' ' || c == 0x7f {
			b[start+i] = ' '
		}
	}
	return b
}

// appendTrace passes a caller's trace on, or begins one that is not sampled.
func appendTrace(b []byte, caller string) []byte {
	if strings.HasPrefix(caller, "Root=") {
		b = appendHeaderValue(b, caller)
	} else {
		var random [12]byte
		fill(random[:])
		b = append(b, "Root=1-"...)
		b = strconv.AppendInt(b, time.Now().Unix(), 16)
		b = append(b, '-')
		b = hex.AppendEncode(b, random[:])
	}
	if !strings.Contains(caller, "Parent=") {
		var random [8]byte
		fill(random[:])
		b = append(b, ";Parent="...)
		b = hex.AppendEncode(b, random[:])
	}
	if !strings.Contains(caller, "Sampled=") {
		b = append(b, ";Sampled=0"...)
	}
	return b
}

// fill writes random bytes that need not be secret.
func fill(b []byte) {
	for i := 0; i < len(b); i += 4 {
		v := rand.Uint32()
		b[i], b[i+1], b[i+2], b[i+3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
	}
}
