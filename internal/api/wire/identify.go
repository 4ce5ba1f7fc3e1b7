package wire

import (
	"net/http"
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire/sigv4"
)

// question is what a request asks for, as far as its address and headers tell.
type question struct {
	codec     codec
	service   *Service  // nil: nobody's
	endpoint  *endpoint // nil: no operation of the service
	operation string    // its name as sent, where the protocol sends one
	signed    string    // the service that the request is signed for
	form      bool      // the body is a form of the query protocol
	inBody    bool      // the query protocol's Action is in the body, which is not read yet
}

// identify finds protocol, service and operation. The service is the one that the request is signed for; an unsigned
// request's is found by the target, the path or the parameters that the protocols carry.
func (s *Server) identify(hr *http.Request, sig *sigv4.Signature, values *[maxLabels]string) question {
	q := s.find(hr, sig, values)
	q.signed = sig.Service
	return q
}

func (s *Server) find(hr *http.Request, sig *sigv4.Signature, values *[maxLabels]string) question {
	if target := hr.Header["X-Amz-Target"]; len(target) > 0 {
		return s.byTarget(target[0], hr.Header.Get("Content-Type"), sig)
	}
	if q, ok := s.bySmithyPath(hr, sig); ok {
		return q
	}
	candidates := s.candidates(sig.Service)
	if q, ok := s.byPath(hr, candidates, values); ok {
		return q
	}
	return s.byAction(hr, candidates)
}

// candidates are the services that a request may be for, by the one that it is signed for. An unsigned one may be for any.
func (s *Server) candidates(signed string) []*Service {
	if signed == "" && len(s.signing[signed]) == 0 {
		return s.services
	}
	return s.signing[signed]
}

// byTarget reads "CodeDeploy_20141006.CreateDeployment". A wrong content type makes the operation unknown, as on AWS.
func (s *Server) byTarget(target, contentType string, sig *sigv4.Signature) question {
	prefix, operation, _ := strings.Cut(target, ".")
	q := question{codec: awsJSON{}, service: s.targets[prefix], operation: operation}
	if q.service == nil {
		if signed := s.signing[sig.Service]; len(signed) > 0 {
			q.service = signed[0]
		}
		return q
	}
	if q.service.Model.Speaks(shape.AWSJSON) && strings.HasPrefix(contentType, "application/x-amz-json-1.") &&
		(sig.Service == "" || sig.Service == q.service.Model.SigningName) {
		q.endpoint = q.service.endpoints[operation]
	}
	return q
}

// bySmithyPath reads "/service/CodeDeploy_20141006/operation/CreateDeployment", which may have a prefix.
func (s *Server) bySmithyPath(hr *http.Request, sig *sigv4.Signature) (question, bool) {
	if len(hr.Header["Smithy-Protocol"]) == 0 || hr.Header["Smithy-Protocol"][0] != "rpc-v2-cbor" {
		return question{}, false
	}
	q := question{codec: cborRPC{}}
	_, address, _ := strings.Cut(hr.URL.Path, "/service/")
	name, operation, _ := strings.Cut(address, "/operation/")
	q.service, q.operation = s.targets[name], operation
	if q.service != nil && q.service.Model.Speaks(shape.CBOR) && hr.Method == http.MethodPost &&
		(sig.Service == "" || sig.Service == q.service.Model.SigningName) {
		q.endpoint = q.service.endpoints[operation]
	}
	return q, true
}

// byPath asks the candidates that have paths; several services may be signed for by one name. Among all services
// those of S3's kind are left out, since any path could be a bucket's.
func (s *Server) byPath(hr *http.Request, candidates []*Service, values *[maxLabels]string) (question, bool) {
	signed := len(candidates) < len(s.services)
	var first *Service
	for _, c := range candidates {
		if !rest(c.Model) || !signed && c.Model.Speaks(shape.RestXML) {
			continue
		}
		if first == nil {
			first = c
		}
		if e := c.routes().find(hr.Method, escapedPath(hr), hr.URL.RawQuery, values); e != nil {
			return question{codec: restCodec(c), service: c, endpoint: e, operation: e.op.Name}, true
		}
	}
	if first == nil || !signed {
		return question{}, false
	}
	return question{codec: restCodec(first), service: first}, true
}

// byAction reads the parameters of the query protocol from the query string; those in a form come later.
func (s *Server) byAction(hr *http.Request, candidates []*Service) question {
	form := strings.HasPrefix(hr.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
	q := question{codec: restJSON{}}
	if len(candidates) == 1 {
		q.service = candidates[0]
		q.codec = firstCodec(q.service)
	}
	parameters := hr.URL.Query()
	if !form && parameters.Get("Action") == "" {
		return q
	}
	if q.service == nil || q.service.Model.Speaks(shape.Query) {
		q.codec = awsQuery{}
		q.byParameters(parameters.Get, candidates)
		q.form = form
		q.inBody = q.endpoint == nil && form
	}
	return q
}

// byParameters finds the operation in the query protocol's Action and Version.
func (q *question) byParameters(get func(name string) string, candidates []*Service) {
	q.operation = get("Action")
	for _, c := range candidates {
		if !c.Model.Speaks(shape.Query) || len(candidates) > 1 && c.Model.Version != get("Version") {
			continue
		}
		q.service = c
		q.endpoint = c.endpoints[q.operation]
		return
	}
}

func escapedPath(hr *http.Request) string {
	if uri := hr.RequestURI; strings.HasPrefix(uri, "/") {
		path, _, _ := strings.Cut(uri, "?")
		return path
	}
	return hr.URL.EscapedPath()
}

// firstCodec is the protocol to tell a failure in when the request itself shows none.
func firstCodec(s *Service) codec {
	for _, p := range s.Model.Protocols {
		switch p {
		case shape.RestJSON:
			return restJSON{}
		case shape.RestXML:
			return restXML{}
		case shape.AWSJSON:
			return awsJSON{}
		case shape.Query:
			return awsQuery{}
		}
	}
	return cborRPC{}
}

func restCodec(s *Service) codec {
	if s.Model.Speaks(shape.RestXML) {
		return restXML{}
	}
	return restJSON{}
}
