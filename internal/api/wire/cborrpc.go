package wire

import (
	"net/http"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"sluice/internal/api/wire/sigv4"
)

// cborRPC is smithyRpcV2Cbor: the operation in the path, everything else in a CBOR body.
type cborRPC struct{}

// modes are made at first use: no start waits for them.
var cborDecoding = sync.OnceValues(func() (cbor.DecMode, error) {
	return cbor.DecOptions{
		DefaultMapType:    reflect.TypeFor[map[string]any](),
		MaxNestedLevels:   64,
		MaxArrayElements:  maxItems,
		TimeTagToAny:      cbor.TimeTagToTime,
		IntDec:            cbor.IntDecConvertNone,
		UTF8:              cbor.UTF8RejectInvalid,
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		BigIntDec:         cbor.BigIntDecodePointer,
		IndefLength:       cbor.IndefLengthAllowed,
		ExtraReturnErrors: cbor.ExtraDecErrorNone,
	}.DecMode()
})

func (cborRPC) read(r *Request, in any) error {
	if len(r.Body) == 0 {
		return nil
	}
	mode, err := cborDecoding()
	if err != nil {
		return &Error{Code: "InternalFailure", Status: http.StatusInternalServerError, Cause: err}
	}
	var tree any
	if err := mode.Unmarshal(r.Body, &tree); err != nil {
		return serialization("The request's body is not valid CBOR.")
	}
	return bind(reflect.ValueOf(in).Elem(), tree)
}

func (cborRPC) write(r *Request, out any) error {
	body, err := cbor.Marshal(out)
	if err != nil {
		return err
	}
	r.sendCBOR(r.success(), body)
	return nil
}

func (r *Request) sendCBOR(status int, body []byte) {
	r.w.Header()["Smithy-Protocol"] = []string{"rpc-v2-cbor"}
	r.send(status, "application/cbor", body)
}

func (cborRPC) fail(r *Request, e *Error) {
	queryError(r, e)
	body, err := cbor.Marshal(errorBody(e))
	if err != nil {
		body = []byte{0xa0}
	}
	r.sendCBOR(e.Status, body)
}

func (cborRPC) unsigned(err *sigv4.Error) *Error { return spelled(awsJSONNames, err) }

func (cborRPC) unknown(*question) *Error { return restJSON{}.unknown(nil) }
