package apigateway

import (
	"fmt"

	"sluice/internal/api/wire"
)

// classes are what AWS calls the values of a request's body (recordings test_put_integration_request_parameter_bool_type and
// test_integration_response_invalid_responsetemplates; those of lists and structures follow them).
var classes = map[string]string{
	"a boolean":      "java.lang.Boolean",
	"a whole number": "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
	"a number":       "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
	"a string":       "java.lang.String",
	"a list":         "java.util.ArrayList",
	"a structure":    "java.util.HashMap",
}

var wanted = map[string]string{
	"a string": "String", "a boolean": "Boolean", "a whole number": "Integer", "a number": "Double", "a list": "List", "a map": "Map",
}

// mistyped words a value of the wrong type as AWS does: with its class, and without its place.
func mistyped(m wire.Mistyped) string {
	class, known := classes[m.Sent]
	want, expected := wanted[m.Want]
	if !known || !expected {
		return fmt.Sprintf("Value at '%s' is %s, where %s is expected.", m.Path, m.Sent, m.Want)
	}
	return fmt.Sprintf("class %s can not be converted to an %s", class, want)
}
