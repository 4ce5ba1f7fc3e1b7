package lambda

import (
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// key is what an error is looked up by: its kind and its noun, or its kind alone with an empty noun.
type key struct {
	kind fault.Kind
	noun string
}

// names are AWS's words for errors. The member that holds the message is spelled Message or message: AWS does either
// (recordings in testdata of internal/conformance).
var names = map[key]wire.Error{
	{fault.NotFound, "provision"}:     {Code: "ProvisionedConcurrencyConfigNotFoundException", Status: 404, Type: "User", MessageKey: "message"},
	{fault.NotFound, ""}:              {Code: "ResourceNotFoundException", Status: 404, Type: "User", MessageKey: "Message"},
	{fault.Conflict, ""}:              {Code: "ResourceConflictException", Status: 409, Type: "User", MessageKey: "message"},
	{fault.Invalid, ""}:               {Code: "InvalidParameterValueException", Status: 400, Type: "User", MessageKey: "message"},
	{fault.Invalid, "latest routing"}: {Code: "InvalidParameterValueException", Status: 400, MessageKey: "message"},
	{fault.Invalid, "bound"}:          {Code: "ValidationException", Status: 400, MessageKey: "message"},
	{fault.Invalid, "concurrency"}:    {Code: "InvalidParameterValueException", Status: 400, MessageKey: "message"},
	{fault.Invalid, "client context"}: {Code: "InvalidRequestContentException", Status: 400, MessageKey: "message"},
	{fault.Invalid, "payload"}:        {Code: "InvalidRequestContentException", Status: 400, Type: "User", MessageKey: "message"},
	{fault.Precondition, ""}:          {Code: "PreconditionFailedException", Status: 412, Type: "User", MessageKey: "message"},
	{fault.Denied, ""}:                {Code: "AccessDeniedException", Status: 403, MessageKey: "Message", NullMessage: true},
	{fault.Denied, "layer"}:           {Code: "AccessDeniedException", Status: 403, MessageKey: "Message"},
	{fault.Denied, "layer version"}:   {Code: "AccessDeniedException", Status: 403, MessageKey: "Message"},
	{fault.Limit, ""}:                 {Code: "CodeStorageExceededException", Status: 400, Type: "User", MessageKey: "message"},
	{fault.Limit, "policy"}:           {Code: "PolicyLengthExceededException", Status: 400, Type: "User", MessageKey: "message"},
	{fault.TooLarge, ""}:              {Code: "RequestEntityTooLargeException", Status: 413, Type: "User", MessageKey: "message"},
	{fault.Throttled, "reserved concurrency"}: {Code: "TooManyRequestsException", Status: 429, Type: "User", MessageKey: "message",
		Extra: map[string]any{"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded"}},
	{fault.Throttled, ""}: {Code: "TooManyRequestsException", Status: 429, Type: "User", MessageKey: "message",
		Extra: map[string]any{"Reason": "ConcurrentInvocationLimitExceeded"}},
	{fault.Unavailable, ""}:        {Code: "ServiceException", Status: 503, Type: "Service", MessageKey: "Message"},
	{fault.Unavailable, "runtime"}: {Code: "InvalidRuntimeException", Status: 400, Type: "User", MessageKey: "Message"},
	{fault.Internal, ""}:           {Code: "ServiceException", Status: 500, Type: "Service", MessageKey: "Message"},

	// Code signing. That a function's configuration is not there has a name of its own.
	{fault.NotFound, "signing config"}:             {Code: "ResourceNotFoundException", Status: 404, MessageKey: "Message"},
	{fault.NotFound, "signing config of function"}: {Code: "CodeSigningConfigNotFoundException", Status: 404, Type: "User", MessageKey: "Message"},
	{fault.Invalid, "signature"}:                   {Code: "CodeVerificationFailedException", Status: 400, Type: "User", MessageKey: "Message"},
}

// translate turns an error into AWS's.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	named, ok := names[key{f.Kind, f.Noun}]
	if !ok {
		named = names[key{f.Kind, ""}]
	}
	if f.Kind == fault.Internal {
		named.Message = "The service encountered an internal error. Its log says more."
	} else {
		named.Message = f.Message
	}
	named.Cause = err
	return &named
}
