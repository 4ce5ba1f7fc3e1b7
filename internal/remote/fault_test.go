package remote_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestWhatAnEndpointReportsBecomesAFault(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		status  int
		code    string
		message string
		kind    fault.Kind
		want    string
	}{
		{404, "ResourceNotFoundException", "Function not found: arn:f", fault.NotFound, "invoke f:LIVE: Function not found: arn:f"},
		{409, "ResourceConflictException", "An update is in progress for resource: arn:f", fault.Conflict, "An update is in progress"},
		{412, "PreconditionFailedException", "The RevisionId provided does not match", fault.Precondition, "The RevisionId provided"},
		{400, "InvalidParameterValueException", "Unzipped size must be smaller", fault.Invalid, "Unzipped size"},
		{413, "RequestEntityTooLargeException", "Request must be smaller", fault.TooLarge, "Request must be smaller"},
		{400, "CodeStorageExceededException", "Code storage limit exceeded", fault.Limit, "Code storage limit"},
		{429, "TooManyRequestsException", "Rate exceeded", fault.Throttled, "Rate exceeded"},
		{400, "ThrottlingException", "Rate exceeded", fault.Throttled, "Rate exceeded"},
		{429, "SomethingNew", "slower", fault.Throttled, "slower"},
		{500, "ServiceException", "An error occurred", fault.Unavailable, "An error occurred"},
		{503, "ServiceUnavailable", "Try again", fault.Unavailable, "Try again"},
		{502, "", "", fault.Unavailable, "invoke f:LIVE: "},
		{404, "SomethingNew", "none such", fault.NotFound, "none such"},
		{400, "SomethingNew", "a bad one", fault.Invalid, "a bad one"},
		{400, "AnyDoesNotExistException", "none such", fault.NotFound, "none such"},
		{400, "AnyAlreadyExistsException", "there is one", fault.Conflict, "there is one"},
	} {
		t.Run(tt.code, func(t *testing.T) {
			t.Parallel()
			e := answering(t, func(w http.ResponseWriter, r *http.Request) { reply(w, tt.status, tt.code, tt.message) })
			_, err := e.Invoke(t.Context(), "f", "LIVE", nil)
			refused(t, err, tt.kind, "function", tt.want)
		})
	}
}

func TestADenialNamesTheMissingAction(t *testing.T) {
	t.Parallel()
	update := func(e endpoint) error {
		_, err := e.UpdateAlias(e.t.Context(), "f", deployer.Alias{Name: "LIVE", Version: "1"})
		return err
	}
	for _, tt := range []struct {
		name, code, message string
		do                  func(endpoint) error
		want                string
	}{
		{"as the text has it", "AccessDeniedException",
			"User: arn:aws:iam::1:user/u is not authorized to perform: iam:PassRole on resource: arn:r", update,
			"update the alias LIVE of f: User: arn:aws:iam::1:user/u is not authorized to perform: iam:PassRole on resource: arn:r"},
		{"by the operation", "AccessDeniedException", "Access denied", update, "Access denied (the IAM action is lambda:UpdateAlias)"},
		{"of an invocation", "AccessDeniedException", "", func(e endpoint) error {
			_, err := e.Invoke(e.t.Context(), "f", "LIVE", nil)
			return err
		}, "invoke f:LIVE: UnknownError (the IAM action is lambda:InvokeFunction)"},
		{"of a deployment", "AccessDeniedException", "no", func(e endpoint) error {
			return e.Stop(e.t.Context(), "d-1")
		}, "no (the IAM action is codedeploy:StopDeployment)"},
		{"of an alarm", "AccessDenied", "no", func(e endpoint) error {
			_, err := e.Ringing(e.t.Context(), []string{"a"})
			return err
		}, "no (the IAM action is cloudwatch:DescribeAlarms)"},
		{"of credentials", "UnrecognizedClientException", "The security token included in the request is invalid.", update,
			"update the alias LIVE of f: The security token included in the request is invalid."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := answering(t, func(w http.ResponseWriter, r *http.Request) {
				answer := reply
				if strings.Contains(r.URL.Path, "GraniteServiceVersion20100801") {
					answer = replyCBOR
				}
				answer(w, http.StatusForbidden, tt.code, tt.message)
			})
			err := tt.do(e)
			if !fault.Is(err, fault.Denied, "") || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

func TestNoAnswerIsToldAsSuch(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	var err error
	calls := e.meddler.since(func() { _, err = e.Alias(t.Context(), "f", "LIVE") })
	refused(t, err, fault.Unavailable, "alias", "read the alias LIVE of f: no answer: ")
	if len(calls) != 3 {
		t.Errorf("%d attempts, want 3: who is not there is not waited for long", len(calls))
	}
}

func TestAnAnswerThatIsNotTheEndpointsIsTold(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/2015-03-31/functions/f/aliases/JSON" {
			w.WriteHeader(http.StatusNotFound)
			w.Write([]byte(`{"detail":"no such page"}`))
			return
		}
		w.WriteHeader(map[bool]int{true: http.StatusNotFound, false: http.StatusBadGateway}[r.Method == http.MethodGet])
		w.Write([]byte("<html>proxy</html>"))
	})
	for _, name := range []string{"JSON", "HTML"} { // neither says that there is no alias
		if a, err := e.Alias(t.Context(), "f", name); a != nil || !fault.Is(err, fault.Unavailable, "alias") {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	_, err := e.Ringing(t.Context(), []string{"a"})
	refused(t, err, fault.Unavailable, "alarm", "502")
}

func TestThrottlingIsWaitedOut(t *testing.T) {
	t.Parallel()
	calls := 0
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls < 8 {
			reply(w, http.StatusTooManyRequests, "TooManyRequestsException", "Rate exceeded")
			return
		}
		w.Write([]byte(`{"Name":"LIVE","FunctionVersion":"3"}`))
	})
	if a := need(e.Alias(t.Context(), "f", "LIVE"))(t); a.Version != "3" || calls != 8 {
		t.Errorf("%+v after %d calls", a, calls)
	}
}

func TestTheEndOfTheContextIsTheCause(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := e.Alias(ctx, "f", "LIVE")
	if !errors.Is(err, context.Canceled) || !fault.Is(err, fault.Unavailable, "alias") {
		t.Error(err)
	}
}
