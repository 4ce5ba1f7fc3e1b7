package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime/debug"
	"strings"

	"sluice/internal/api/wire/sigv4"
)

// Origin says on whose behalf the server calls one of its own operations.
type Origin struct {
	Account, Region string
	Caller          Caller
}

// Call calls an operation from within the server: without network, protocol and signature, but with the constraints and the
// errors that a client would meet. A stack makes its resources so.
//
// service is its Model's Name. members are those of the operation's input: those of a path, query string or header by
// the names of the model (in either case of the first letter), those of a body as they are spelled in it. Values are those of
// JSON (string, bool, any number, []any, map[string]any) and []byte; a scalar may be written as another one, such as
// "60" for 60, as in a template. The answer's members are those of its body.
//
// What the operation refuses is an *Error. Operations that stream (HandleRaw) can't be called.
func (s *Server) Call(ctx context.Context, from Origin, service, operation string, members map[string]any) (out map[string]any, err error) {
	e, err := s.callable(service, operation)
	if err != nil {
		return nil, err
	}
	defer func() {
		if broken := recover(); broken != nil {
			err = s.told(ctx, e, e.service.internal(fmt.Errorf("panic: %v\n%s", broken, debug.Stack())))
		}
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/", http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := e.typed(ctx, &Request{
		ID: newID(), Service: e.service.Model, Operation: e.op, Account: from.Account, Region: from.Region, Caller: from.Caller,
		HTTP: request, endpoint: e, service: e.service, codec: direct{members: members},
	})
	if err != nil {
		return nil, s.told(ctx, e, e.service.failure(err))
	}
	err = withJSON(answer, func(body []byte) {
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		err = decoder.Decode(&out)
	})
	return out, err
}

func (s *Server) callable(service, operation string) (*endpoint, error) {
	for _, each := range s.services {
		if each.Model.Name != service {
			continue
		}
		if e := each.endpoints[operation]; e != nil && e.typed != nil {
			return e, nil
		}
		return nil, notImplemented(each.Model, operation)
	}
	return nil, noService(service)
}

// told logs an error that nobody expected, as ServeHTTP does.
func (s *Server) told(ctx context.Context, e *endpoint, err *Error) *Error {
	if err.Status >= http.StatusInternalServerError && err.Cause != nil && ctx.Err() == nil {
		s.config.Logger.ErrorContext(ctx, "call failed", "service", e.service.Model.Name, "operation", e.op.Name, "error", err.Cause)
	}
	return err
}

// direct is the codec of calls from within.
type direct struct{ members map[string]any }

var errDirect = errors.New("wire: a call from within has no protocol")

func (d direct) read(_ *Request, in any) error {
	v := reflect.ValueOf(in).Elem()
	l := layoutOf(v.Type())
	b := binder{loose: true}
	for _, list := range [][]place{l.uri, l.query, l.header} {
		for _, p := range list {
			name := v.Type().Field(p.field).Name
			value, there := d.members[name]
			if !there {
				value = d.members[strings.ToLower(name[:1])+name[1:]]
			}
			if value == nil {
				continue
			}
			if err := b.value(v.Field(p.field), value, name); err != nil {
				return err
			}
		}
	}
	if l.payload >= 0 {
		return d.readPayload(v.Field(l.payload), v.Type().Field(l.payload).Name)
	}
	if err := b.structure(v, d.members, ""); err != nil {
		return err
	}
	return nil
}

// readPayload fills the member that is a whole body elsewhere.
func (d direct) readPayload(v reflect.Value, name string) error {
	value, there := d.members[name]
	if !there {
		value = d.members[strings.ToLower(name[:1])+name[1:]]
	}
	if value == nil {
		return nil
	}
	if err := (binder{loose: true}).value(v, value, name); err != nil {
		return err
	}
	return nil
}

func (direct) write(*Request, any) error    { return errDirect }
func (direct) fail(*Request, *Error)        {}
func (direct) unsigned(*sigv4.Error) *Error { return nil }
func (direct) unknown(*question) *Error     { return nil }
