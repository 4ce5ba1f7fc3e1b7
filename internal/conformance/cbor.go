package conformance

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// cborMessage writes rpc-v2-cbor: the operation in the path.
func (c *call) cborMessage() (*message, error) {
	tree, err := cborTree(reflect.TypeOf(c.operation.Input), c.params)
	if err != nil {
		return nil, err
	}
	body, err := cbor.Marshal(tree)
	header := http.Header{}
	header.Set("Smithy-Protocol", "rpc-v2-cbor")
	header.Set("Content-Type", "application/cbor")
	path := "/service/" + c.model.TargetPrefix + "/operation/" + c.operation.Name
	return &message{method: http.MethodPost, path: path, header: header, body: body}, err
}

// cborTree makes of a parameter what has its type in CBOR: whole numbers, doubles, and times with tag 1.
func cborTree(t reflect.Type, value any) (any, error) {
	switch x := value.(type) {
	case json.Number:
		return cborNumber(t, x)
	case []any:
		out := make([]any, len(x))
		for i := range x {
			var err error
			if out[i], err = cborTree(itemType(t), x[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		types, out := memberTypes(t), make(map[string]any, len(x))
		for name, inside := range x {
			of, known := types[name]
			if !known {
				of = itemType(t)
			}
			var err error
			if out[name], err = cborTree(of, inside); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return value, nil
}

// itemType is the type of a list's items or a map's values; nil if t is neither.
func itemType(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Map) {
		return t.Elem()
	}
	return nil
}

func cborNumber(t reflect.Type, n json.Number) (any, error) {
	whole, err := n.Int64()
	if t != nil && isTimestamp(t) {
		return cbor.Tag{Number: 1, Content: whole}, err
	}
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t != nil && t.Kind() == reflect.Float64 || err != nil {
		return n.Float64()
	}
	return whole, nil
}

func readCBOR(content []byte) (map[string]any, error) {
	mode, err := cbor.DecOptions{DefaultMapType: reflect.TypeFor[map[string]any](), TimeTagToAny: cbor.TimeTagToTime}.DecMode()
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := mode.Unmarshal(content, &tree); err != nil {
		return nil, fmt.Errorf("the answer's body is no CBOR map: %w", err)
	}
	return asJSON(tree).(map[string]any), nil
}

// asJSON makes of a decoded CBOR value what JSON would decode to, so that comparing needs to know only that.
func asJSON(value any) any {
	switch x := value.(type) {
	case map[string]any:
		for name := range x {
			x[name] = asJSON(x[name])
		}
	case []any:
		for i := range x {
			x[i] = asJSON(x[i])
		}
	case time.Time:
		return json.Number(strconv.FormatFloat(float64(x.UnixMilli())/1000, 'f', -1, 64))
	case float64:
		return json.Number(strconv.FormatFloat(x, 'g', -1, 64))
	case uint64, int64, *big.Int:
		return json.Number(fmt.Sprint(x))
	case []byte:
		return base64.StdEncoding.EncodeToString(x)
	}
	return value
}
