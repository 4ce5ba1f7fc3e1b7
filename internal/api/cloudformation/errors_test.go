package cloudformation

import (
	"errors"
	"net/http"
	"testing"

	"sluice/internal/fault"
)

func TestEachFaultHasItsNameAndStatus(t *testing.T) {
	for name, tt := range map[string]struct {
		err    error
		code   string
		status int
	}{
		"a stack that is not there":           {fault.Errorf(fault.NotFound, "stack", "m"), "ValidationError", http.StatusBadRequest},
		"a change set that is not there":      {fault.Errorf(fault.NotFound, "change set", "m"), "ChangeSetNotFound", http.StatusNotFound},
		"a type that is not there":            {fault.Errorf(fault.NotFound, "type", "m"), "TypeNotFoundException", http.StatusNotFound},
		"a stack that is there":               {fault.Errorf(fault.Conflict, "stack", "m"), "AlreadyExistsException", http.StatusBadRequest},
		"a change set that is there":          {fault.Errorf(fault.Conflict, "change set", "m"), "AlreadyExistsException", http.StatusBadRequest},
		"a change set's status":               {fault.Errorf(fault.Conflict, "change set status", "m"), "InvalidChangeSetStatus", http.StatusBadRequest},
		"a token of another request":          {fault.Errorf(fault.Conflict, "token", "m"), "TokenAlreadyExistsException", http.StatusBadRequest},
		"a template that can't be":            {fault.Errorf(fault.Invalid, "template", "m"), "ValidationError", http.StatusBadRequest},
		"an object that is too long":          {fault.Errorf(fault.TooLarge, "object", "m"), "ValidationError", http.StatusBadRequest},
		"too many stacks":                     {fault.Errorf(fault.Limit, "stack", "m"), "LimitExceededException", http.StatusBadRequest},
		"capabilities that were not given":    {fault.Errorf(fault.Denied, "capability", "m"), "InsufficientCapabilitiesException", http.StatusBadRequest},
		"what nobody may":                     {fault.Errorf(fault.Denied, "role", "m"), "AccessDenied", http.StatusForbidden},
		"too much at once":                    {fault.Errorf(fault.Throttled, "", "m"), "Throttling", http.StatusBadRequest},
		"a server that stops":                 {fault.Errorf(fault.Unavailable, "store", "m"), "ServiceUnavailable", http.StatusServiceUnavailable},
		"a fault within another error's text": {errors.Join(fault.Errorf(fault.Limit, "stack", "m")), "LimitExceededException", http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			got := translate(tt.err)
			if got == nil || got.Code != tt.code || got.Status != tt.status || got.Message != "m" {
				t.Errorf("it is %+v, want %s, %d", got, tt.code, tt.status)
			}
		})
	}
}

func TestErrorsThatAreNoFaultsAreOurOwn(t *testing.T) {
	if got := translate(errors.New("the disk is full")); got != nil {
		t.Errorf("it is %+v", got)
	}
}
