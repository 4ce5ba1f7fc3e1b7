package resource_test

import (
	"context"
	"errors"
	"regexp"
	"testing"

	"sluice/internal/api/resource/codedeploy"
	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/api/wire"
	"sluice/internal/stack"
)

func applicationOrder() *stack.Order {
	o := resourcetest.Order()
	o.Type, o.Properties, o.PhysicalID = "AWS::CodeDeploy::Application", object{"ApplicationName": "app"}, "app"
	return o
}

// The form is AWS's, the code of the handler follows from the exception's name, else from its status.
func TestReasons(t *testing.T) {
	for code, tt := range map[string]struct {
		status       int
		create, tell string // the code when a resource is made, and when it is changed; deletion of what is not there succeeds
	}{
		"ApplicationAlreadyExistsException": {400, "AlreadyExists", "ResourceConflict"},
		"ResourceConflictException":         {409, "AlreadyExists", "ResourceConflict"},
		"ResourceNotFoundException":         {404, "NotFound", "NotFound"},
		"ParameterNotFound":                 {400, "NotFound", "NotFound"},
		"NoSuchEntity":                      {404, "NotFound", "NotFound"},
		"ApplicationDoesNotExistException":  {400, "NotFound", "NotFound"},
		"AccessDeniedException":             {400, "AccessDenied", "AccessDenied"},
		"Forbidden":                         {403, "AccessDenied", "AccessDenied"},
		"TooManyRequestsException":          {429, "Throttling", "Throttling"},
		"SlowDown":                          {429, "Throttling", "Throttling"},
		"ApplicationLimitExceededException": {400, "ServiceLimitExceeded", "ServiceLimitExceeded"},
		"InvalidParameterValueException":    {400, "InvalidRequest", "InvalidRequest"},
		"Missing":                           {404, "NotFound", "NotFound"},
		"ServiceException":                  {500, "InternalFailure", "InternalFailure"},
	} {
		t.Run(code, func(t *testing.T) {
			p := (&resourcetest.Calls{Err: &wire.Error{Code: code, Status: tt.status, Message: `the "text"`}}).Provider(codedeploy.Types())
			form := func(handler string) *regexp.Regexp {
				return regexp.MustCompile(`^Resource handler returned message: "the "text" \(Service: CodeDeploy, Status Code: ` +
					`\d{3}, Request ID: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)" \(RequestToken: ` + resourcetest.Token + `, HandlerErrorCode: ` + handler + `\)$`)
			}
			if _, err := p.Create(t.Context(), applicationOrder()); err == nil || !form(tt.create).MatchString(err.Error()) {
				t.Errorf("creation: %v", err)
			}
			if _, err := p.Update(t.Context(), applicationOrder()); err == nil || !form(tt.tell).MatchString(err.Error()) {
				t.Errorf("update: %v", err)
			}
			err := p.Delete(t.Context(), applicationOrder())
			if gone := tt.tell == "NotFound"; gone != (err == nil) {
				t.Errorf("deletion: %v", err)
			}
		})
	}
}

func TestAnErrorThatNobodyExpected(t *testing.T) {
	cause := errors.New("the disk is gone")
	_, err := (&resourcetest.Calls{Err: cause}).Provider(codedeploy.Types()).Create(t.Context(), applicationOrder())
	if !errors.Is(err, cause) || err.Error() != `Resource handler returned message: "the disk is gone" (RequestToken: `+resourcetest.Token+`, HandlerErrorCode: InternalFailure)` {
		t.Errorf("the reason is %v", err)
	}
}

func TestACancelledCallGivesItsCauseBack(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errEnded)
	p := (&resourcetest.Calls{Err: &wire.Error{Code: "ServiceException", Status: 500, Message: "context canceled"}}).Provider(codedeploy.Types())
	if _, err := p.Create(ctx, applicationOrder()); err != errEnded {
		t.Errorf("creation: %v", err)
	}
	if err := p.Delete(ctx, applicationOrder()); err != errEnded {
		t.Errorf("deletion: %v", err)
	}
}

var errEnded = errors.New("the order is ended")
