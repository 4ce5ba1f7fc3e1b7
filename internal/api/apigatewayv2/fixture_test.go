package apigatewayv2_test

import (
	"regexp"
	"testing"

	apidesk "sluice/internal/api/desk"
)

type object = apidesk.Object

// desk is the API of a whole server.
type desk struct{ *apidesk.Desk }

// hide are the members of answers that the server makes up, its times and its port.
var hide = apidesk.Hide{
	Made: regexp.MustCompile(`"(?:apiId|routeId|integrationId|authorizerId|deploymentId)":"([a-z0-9]{6,})"`),
	Other: map[*regexp.Regexp]string{
		regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\d \d\d:\d\d:\d\dUTC`): "TIME",
		regexp.MustCompile(`localhost:\d+`):                                                     "localhost:PORT",
	},
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	return &desk{apidesk.New(t, "apigateway", hide)}
}

const function = "arn:aws:lambda:us-east-1:000000000000:function:"
