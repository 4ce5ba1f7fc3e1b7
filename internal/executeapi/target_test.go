package executeapi_test

import (
	"strings"
	"testing"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

func wantRefusal(t *testing.T, err error, message string) {
	t.Helper()
	if !fault.Is(err, fault.Invalid, "request") || err.Error() != message {
		t.Errorf("%v, want %q", err, message)
	}
}

const (
	begin = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
	named = "arn:aws:lambda:us-east-1:123456789012:function:f"
)

const (
	begin = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
	named = "arn:aws:lambda:us-east-1:123456789012:function:f"
)

const (
	begin = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
	named = "arn:aws:lambda:us-east-1:123456789012:function:f"
)
