package wire_test

import (
	"errors"
	"io"
	"testing"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

var (
	names = wire.Names{fault.NotFound: {"role": {"NoSuchEntity", 404}, "": {"NotFound", 404}}, fault.Unavailable: {"": {"Unavailable", 503}}}
	codes = wire.Codes{fault.Invalid: {"token": "InvalidNextToken"}, fault.Unavailable: {"": "ServiceUnavailable"}}
)

func TestNamesOfErrors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		words func(error) *wire.Error
		kind  fault.Kind
		noun  string
		want  wire.Name // the zero Name: none
	}{
		{"a noun's own name", names.Error, fault.NotFound, "role", wire.Name{Code: "NoSuchEntity", Status: 404}},
		{"the kind's name", names.Error, fault.NotFound, "user", wire.Name{Code: "NotFound", Status: 404}},
		{"the status of its row", names.Error, fault.Unavailable, "", wire.Name{Code: "Unavailable", Status: 503}},
		{"a kind without a name", names.Error, fault.Limit, "role", wire.Name{}},
		{"a code", codes.Error, fault.Invalid, "token", wire.Name{Code: "InvalidNextToken", Status: 400}},
		{"the code of a server that stops", codes.Error, fault.Unavailable, "server", wire.Name{Code: "ServiceUnavailable", Status: 503}},
		{"a noun without a code", codes.Error, fault.Invalid, "name", wire.Name{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := fault.Errorf(tt.kind, tt.noun, "the message")
			got := tt.words(err)
			if tt.want == (wire.Name{}) {
				if got != nil {
					t.Errorf("%+v, want none", got)
				}
				return
			}
			if got == nil || got.Code != tt.want.Code || got.Status != tt.want.Status || got.Message != "the message" || !errors.Is(got, err) {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestOurOwnFaultsHaveNoName(t *testing.T) {
	if e := names.Error(io.EOF); e != nil {
		t.Errorf("EOF is %+v", e)
	}
	if e := codes.Error(io.EOF); e != nil {
		t.Errorf("EOF is %+v", e)
	}
}
