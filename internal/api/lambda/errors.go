package lambda

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's words for errors. The member that holds the message is spelled Message or message: AWS does either
// (recordings in testdata of internal/conformance).
var names = fault.Table[wire.Error]{
	fault.NotFound: {
		"provision":      {Code: "ProvisionedConcurrencyConfigNotFoundException", Status: 404, Type: "User", MessageKey: "message"},
		"":               {Code: "ResourceNotFoundException", Status: 404, Type: "User", MessageKey: "Message"},
		"signing config": {Code: "ResourceNotFoundException", Status: 404, MessageKey: "Message"},
		// That a function has no configuration for signing has a name of its own.
		"signing config of function": {Code: "CodeSigningConfigNotFoundException", Status: 404, Type: "User", MessageKey: "Message"},
	},
	fault.Conflict: {"": {Code: "ResourceConflictException", Status: 409, Type: "User", MessageKey: "message"}},
	fault.Invalid: {
		"":               {Code: "InvalidParameterValueException", Status: 400, Type: "User", MessageKey: "message"},
		"latest routing": {Code: "InvalidParameterValueException", Status: 400, MessageKey: "message"},
		"bound":          {Code: "ValidationException", Status: 400, MessageKey: "message"},
		"concurrency":    {Code: "InvalidParameterValueException", Status: 400, MessageKey: "message"},
		"client context": {Code: "InvalidRequestContentException", Status: 400, MessageKey: "message"},
		"payload":        {Code: "InvalidRequestContentException", Status: 400, Type: "User", MessageKey: "message"},
		"signature":      {Code: "CodeVerificationFailedException", Status: 400, Type: "User", MessageKey: "Message"},
	},
	fault.Precondition: {"": {Code: "PreconditionFailedException", Status: 412, Type: "User", MessageKey: "message"}},
	fault.Denied: {
		"":              {Code: "AccessDeniedException", Status: 403, MessageKey: "Message", NullMessage: true},
		"layer":         {Code: "AccessDeniedException", Status: 403, MessageKey: "Message"},
		"layer version": {Code: "AccessDeniedException", Status: 403, MessageKey: "Message"},
	},
	fault.Limit: {
		"":       {Code: "CodeStorageExceededException", Status: 400, Type: "User", MessageKey: "message"},
		"policy": {Code: "PolicyLengthExceededException", Status: 400, Type: "User", MessageKey: "message"},
	},
	fault.TooLarge: {"": {Code: "RequestEntityTooLargeException", Status: 413, Type: "User", MessageKey: "message"}},
	fault.Throttled: {
		"reserved concurrency": {Code: "TooManyRequestsException", Status: 429, Type: "User", MessageKey: "message",
			Extra: map[string]any{"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded"}},
		"": {Code: "TooManyRequestsException", Status: 429, Type: "User", MessageKey: "message",
			Extra: map[string]any{"Reason": "ConcurrentInvocationLimitExceeded"}},
	},
	fault.Unavailable: {
		"":        {Code: "ServiceException", Status: 503, Type: "Service", MessageKey: "Message"},
		"runtime": {Code: "InvalidRuntimeException", Status: 400, Type: "User", MessageKey: "Message"},
	},
	fault.Internal: {"": {Code: "ServiceException", Status: 500, Type: "Service", MessageKey: "Message"}},
}

// translate turns an error into AWS's.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	named, _ := names.Find(err) // every kind has a row
	if f.Kind == fault.Internal {
		named.Message = "The service encountered an internal error. Its log says more."
	} else {
		named.Message = f.Message
	}
	named.Cause = err
	return &named
}
