package wire

import (
	"errors"

	"sluice/internal/api/wire/sigv4"
)

// unsignedBody is how many bytes are read of somebody who signed nothing. A SAML assertion has up to 100,000 letters (AWS's
// page "AssumeRoleWithSAML"), some of which a form writes as three bytes.
const unsignedBody = 512 << 10

// TakeUnsigned lets requests for operations of a service of the query protocol in without a signature. Their Account and
// Caller are empty.
func (s *Service) TakeUnsigned(operations ...string) {
	for _, name := range operations {
		s.endpoint(name).unsigned = true
	}
}

// open reads a request without a signature and reports whether it is for an operation that takes such.
func (s *Server) open(r *Request, q *question, unsigned error) bool {
	var reason *sigv4.Error
	if !errors.As(unsigned, &reason) || reason.Reason != sigv4.Missing {
		return false
	}
	if q.inBody {
		length := r.HTTP.ContentLength
		if length <= 0 || length > unsignedBody {
			return false
		}
		body, failed := s.readBody(r, r.HTTP.Body, length, unsignedBody, "requested")
		if failed != nil {
			return false
		}
		r.Body = body
	}
	return s.parameters(r, q) == nil && q.endpoint != nil && q.endpoint.unsigned
}
