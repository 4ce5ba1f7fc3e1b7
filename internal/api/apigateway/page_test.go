package apigateway

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// Pages are of 25 items if nobody says, and of 500 at most; together they are the list.
func TestPages(t *testing.T) {
	var items []string
	for i := range 600 {
		items = append(items, fmt.Sprintf("%04d", i))
	}
	for _, tt := range []struct {
		limit *int64
		pages []int
	}{{nil, []int{25, 25}}, {new(int64(0)), []int{25}}, {new(int64(-1)), []int{25}}, {new(int64(400)), []int{400, 200, 0}}, {new(int64(9000)), []int{500, 100, 0}}} {
		var position *string
		seen := 0
		for i, want := range tt.pages {
			cut, next, err := page("items", items, func(s string) string { return s }, position, tt.limit)
			if err != nil || len(cut) != want || want > 0 && cut[0] != items[seen] {
				t.Errorf("page %d: %d items, want %d; %v", i, len(cut), want, err)
			}
			seen += len(cut)
			if position = next; next == nil {
				break
			}
		}
	}
}

// A page begins behind the last one also if its last item is gone.
func TestPositionsOfWhatIsGone(t *testing.T) {
	for after, want := range map[string]string{"a": "[c]", "b": "[c]", "z": "[]"} {
		cut, next, err := page("items", []string{"a", "c"}, func(s string) string { return s }, wire.List("items").Token(after), nil)
		if got := fmt.Sprint(cut); got != want || next != nil || err != nil {
			t.Errorf("after %q: %s, %v, %v; want %s", after, got, next, err, want)
		}
	}
	for _, position := range []string{"", "x", "!", "YQ", *wire.List("items").Token(""), *keyList.Token("a")} {
		if _, _, err := page("items", []string{"a"}, func(s string) string { return s }, &position, nil); !fault.Is(err, fault.Invalid, "position") {
			t.Errorf("position %q: %v", position, err)
		}
	}
}

// Each kind of refusal has AWS's name and status; what is our own fault has none.
func TestNamesOfErrors(t *testing.T) {
	for kind, want := range map[fault.Kind]string{
		fault.NotFound: "NotFoundException 404", fault.Invalid: "BadRequestException 400", fault.Conflict: "ConflictException 409",
		fault.Limit: "LimitExceededException 429", fault.Throttled: "TooManyRequestsException 429", fault.Unavailable: "ServiceUnavailableException 503",
	} {
		got := names.Error(fault.Errorf(kind, "any", "text"))
		if got == nil || fmt.Sprint(got.Code, " ", got.Status) != want || got.Message != "text" {
			t.Errorf("%v is %+v, want %s", kind, got, want)
		}
	}
	if got := names.Error(io.EOF); got != nil {
		t.Errorf("EOF is %+v", got)
	}
}

// Lists of values that AWS writes in another order than its model has.
func TestOrderOfValues(t *testing.T) {
	for demand, want := range map[string]string{
		enumDemand + "[AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK]": enumDemand + "[HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
		"a " + enumDemand + "[EDGE, PRIVATE, REGIONAL] b":       "a " + enumDemand + "[PRIVATE, EDGE, REGIONAL] b",
		enumDemand + "[b, a]":                                   enumDemand + "[b, a]", "Member must not be null": "Member must not be null",
	} {
		if got := ordered(demand); got != want {
			t.Errorf("%s is %s", demand, got)
		}
	}
}

// A trial is a request to the API's host, to a stage that is nowhere else.
func TestRequestsOfTrials(t *testing.T) {
	trial := Trial{
		View: &restapi.View{API: restapi.ID{API: "abc"}}, Resource: &restapi.Resource{Path: "/pets"}, Method: "PUT", Body: "body",
		Headers: map[string][]string{"x-a": {"1", "2"}},
	}
	trial.View.API.Region = "eu-west-1"
	for path, want := range map[string]string{"": "/pets", "/a?b=c": "/a?b=c", "a": "/a"} {
		trial.Path = path
		r, err := trial.Request(t.Context())
		if err != nil || r.Method != "PUT" || r.URL.RequestURI() != "/test-invoke-stage"+want || r.Host != "abc.execute-api.eu-west-1.amazonaws.com" {
			t.Errorf("%q: %v, %v", path, r, err)
			continue
		}
		if body, err := io.ReadAll(r.Body); string(body) != "body" || err != nil || strings.Join(r.Header[http.CanonicalHeaderKey("x-a")], ",") != "1,2" {
			t.Errorf("%q: body %q, headers %v, %v", path, body, r.Header, err)
		}
	}
	trial.Path = "/%"
	if _, err := trial.Request(t.Context()); !fault.Is(err, fault.Invalid, "path") {
		t.Errorf("a path that is none: %v", err)
	}
}
