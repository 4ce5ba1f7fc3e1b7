package s3

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"time"
)

// unreadTime is how long the rest of a request is waited for that is refused before its body was read. A client that sends
// first and reads then gets its answer; one that never sends does not keep the connection.
const unreadTime = time.Second

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// refuse answers with an error.
func (r *request) refuse(f *failure) {
	h := r.w.Header()
	for _, e := range f.headers {
		h.Set(e.name, e.value)
	}
	if r.ContentLength != 0 { // some of the body may be unread, and net/http would wait for it
		h.Set("Connection", "close")
		_ = http.NewResponseController(r.w).SetReadDeadline(time.Now().Add(unreadTime))
	}
	if r.Method == http.MethodHead || f.status == http.StatusNotModified {
		r.w.WriteHeader(f.status)
		return
	}
	h.Del("Content-Length")
	document := f.document(r.id)
	if r.control {
		document = f.controlDocument(r.id)
	}
	r.sendXML(f.status, document)
}

// document is the XML of an error, in the order of S3's.
func (f *failure) document(id string) any {
	type element struct {
		XMLName xml.Name
		Text    string `xml:",chardata"`
	}
	elements := []element{{xml.Name{Local: "Code"}, f.code}, {xml.Name{Local: "Message"}, f.message}}
	for _, e := range f.extras {
		elements = append(elements, element{xml.Name{Local: e.name}, e.value})
	}
	elements = append(elements, element{xml.Name{Local: "RequestId"}, id}, element{xml.Name{Local: "HostId"}, id})
	return struct {
		XMLName  xml.Name `xml:"Error"`
		Elements []element
	}{Elements: elements}
}

// controlDocument is the XML of an error as S3 Control has it.
func (f *failure) controlDocument(id string) any {
	type content struct{ Code, Message string }
	return struct {
		XMLName   xml.Name `xml:"ErrorResponse"`
		Error     content
		RequestID string `xml:"RequestId"`
		HostID    string `xml:"HostId"`
	}{Error: content{f.code, f.message}, RequestID: id, HostID: id}
}

// sendXML answers with a document.
func (r *request) sendXML(status int, document any) {
	body, err := xml.Marshal(document)
	if err != nil {
		body = nil // our own structures can be written
	}
	r.sendDocument(status, append([]byte(xml.Header), body...))
}

func (r *request) sendDocument(status int, body []byte) {
	h := r.w.Header()
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	r.begin(status)
	_, _ = r.w.Write(body) // a client that left
}

// begin sends the answer's status.
func (r *request) begin(status int) {
	r.begun = true
	r.w.WriteHeader(status)
}

// maxDocument is the longest XML that is taken, in bytes: a thousand keys to delete, each of the longest, with all
// characters escaped.
const maxDocument = 8 << 20

// readXML reads the body into a structure. An empty body is left alone if that is allowed.
func (r *request) readXML(into any, optional bool) error {
	body, err := r.readAll()
	if err != nil {
		return err
	}
	if len(body) == 0 && optional {
		return nil
	}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(into); err != nil {
		return malformedXML()
	}
	return nil
}

// readAll reads a body that is a document, and checks it against what the request says of it.
func (r *request) readAll() ([]byte, error) {
	claimed, err := r.claims()
	if err != nil {
		return nil, err
	}
	body, err := r.plain()
	if err != nil {
		return nil, err
	}
	return body, claimed.checkDocument(r, body)
}

// plain reads a body that is a document.
func (r *request) plain() ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.body, maxDocument+1))
	if err == nil && len(body) > maxDocument {
		err = refusal("MaxMessageLengthExceeded", http.StatusBadRequest, "Your request was too big.")
	}
	return body, err
}
