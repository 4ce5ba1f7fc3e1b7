package cloudwatch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

var jsonHeader = http.Header{"X-Amz-Target": {"GraniteServiceVersion20100801.DeleteAlarms"}, "Content-Type": {"application/x-amz-json-1.0"}}

// Each row of the error table, as whole replies in JSON and in the query protocol. The golden file is what clients see.
func TestErrorReplies(t *testing.T) {
	var got bytes.Buffer
	for _, e := range names.Errors() {
		fmt.Fprintf(&got, "== %s %q\n%s\n", e.Kind, e.Noun, replies(t, e))
	}
	compareGolden(t, "errors", got.Bytes())
}

func TestAnUnknownNounIsItsKind(t *testing.T) {
	if e := translate(fault.Errorf(fault.Invalid, "whatever", "x")); e == nil || e.QueryCode != "ValidationError" || e.Status != 400 {
		t.Errorf("error %+v", e)
	}
}

func TestInternalErrorsAreNotTold(t *testing.T) {
	for _, err := range []error{errors.New("secret"), fault.Errorf(fault.Denied, "driver", "secret")} {
		if text := replies(t, err); strings.Contains(text, "secret") || !strings.Contains(text, "500") || !strings.Contains(text, "InternalServiceError") {
			t.Errorf("the reply is %s", text)
		}
	}
}

var requestID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// replies returns what clients get if a handler fails.
func replies(t *testing.T, failure error) string {
	t.Helper()
	s := wire.NewService(&shape.Model)
	s.Errors, s.Internal = translate, internal
	wire.Handle(s, "DeleteAlarms", func(context.Context, *wire.Request, *shape.DeleteAlarmsInput) (*apishape.Nothing, error) {
		return nil, failure
	})
	server := serverOf(s)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	asJSON := serve(t, server, jsonHeader, []byte(`{"AlarmNames":["a"]}`))
	asXML := serve(t, server, form, []byte("Action=DeleteAlarms&Version=2010-08-01&AlarmNames.member.1=a"))
	text := fmt.Sprintf("%d %s %s\n%d %s\n", asJSON.Code, asJSON.Header().Get("X-Amzn-Query-Error"), asJSON.Body, asXML.Code, asXML.Body)
	return requestID.ReplaceAllString(text, "REQUEST-ID")
}
