package logs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// Each row of the error table, as a whole reply. The golden file is what clients see.
func TestErrorReplies(t *testing.T) {
	var got bytes.Buffer
	for _, e := range fault.Table[string](names).Errors() {
		fmt.Fprintf(&got, "== %s %q\n%s\n", e.Kind, e.Noun, reply(t, e))
	}
	compareGolden(t, "errors", got.Bytes())
}

func TestAnUnknownNounIsItsKind(t *testing.T) {
	if e := names.Error(fault.Errorf(fault.Invalid, "whatever", "x")); e == nil || e.Code != "InvalidParameterException" || e.Status != 400 {
		t.Errorf("error %+v", e)
	}
}

func TestInternalErrorsAreNotTold(t *testing.T) {
	for _, err := range []error{errors.New("secret"), fault.Errorf(fault.NotFound, "driver", "secret")} {
		if text := reply(t, err); strings.Contains(text, "secret") || !strings.HasPrefix(text, "500\n") {
			t.Errorf("the reply is %s", text)
		}
	}
}

// reply returns what a client gets if a handler fails.
func reply(t *testing.T, failure error) string {
	t.Helper()
	s := wire.NewService(&shape.Model)
	s.Errors = names.Error
	wire.Handle(s, "DeleteLogGroup", func(context.Context, *wire.Request, *shape.DeleteLogGroupRequest) (*apishape.Nothing, error) {
		return nil, failure
	})
	status, body := call(t, serverOf(s), "DeleteLogGroup", object{"logGroupName": "g"})
	return fmt.Sprintf("%d\n%s", status, body)
}

func TestViolations(t *testing.T) {
	d := newDesk(t)
	long := strings.Repeat("a", 513)
	const tooLong = "Invalid LogGroup or LogStream, both must have length less than or equal to 512."
	d.wantRefused("CreateLogGroup", object{"logGroupName": long}, "InvalidParameterException", tooLong)
	d.groupOf("g")
	d.wantRefused("CreateLogStream", object{"logGroupName": "g", "logStreamName": long}, "InvalidParameterException", tooLong)
	d.wantRefused("DeleteLogGroup", object{"logGroupName": long}, "InvalidParameterException",
		"1 validation error detected: Value '"+long+"' at 'logGroupName' failed to satisfy constraint: "+
			"Member must have length less than or equal to 512")
	d.wantRefused("CreateLogGroup", object{}, "InvalidParameterException",
		"1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null")
	d.wantRefused("GetLogEvents", object{"logGroupName": "g", "logStreamName": "s", "limit": 10001}, "InvalidParameterException",
		"1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: "+
			"Member must have value less than or equal to 10000")
}
