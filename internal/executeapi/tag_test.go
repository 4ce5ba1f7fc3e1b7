package executeapi_test

import (
	"fmt"
	"testing"

	"sluice/internal/executeapi"
)

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
