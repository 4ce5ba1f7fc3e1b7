// Package wire speaks AWS's wire protocols: it finds the service and operation that a request asks for, checks its
// signature, reads, decodes and validates it, calls the handler that a room internal/api/<service> registered, and
// writes the reply or the error in the request's protocol.
//
// What an operation does, and which of AWS's error codes its failures become, does not belong here: a Service carries
// both. Structures come from internal/api/shape, signatures are checked by wire/sigv4. Built and served by
// internal/server.
//
// A request passes these steps, and the first that fails answers it: signature present (sigv4.Parse), service and
// operation (identify, router), body within its limit (body), signature right (sigv4.Verify), body unpacked (gzip) and
// taken apart if it is a form (form), operation known and implemented, body and bindings of the right types (codec and
// binder), constraints (shape.Validate), handler.
package wire
