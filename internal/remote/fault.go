package remote

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	smithy "github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"sluice/internal/fault"
)

// kinds are what AWS's names for errors mean, unless a rule below or the status says it: names that end in
// DoesNotExistException or AlreadyExistsException, throttling, the server's own failures. Sources: the "Errors" of each
// operation in AWS's API references.
var kinds = map[string]fault.Kind{
	"ResourceNotFoundException": fault.NotFound, // Lambda, CloudWatch Logs
	"ResourceNotFound":          fault.NotFound, // CloudWatch
	"NoSuchEntity":              fault.NotFound, // IAM
	"NoSuchBucket":              fault.NotFound,
	"NoSuchKey":                 fault.NotFound,
	"NoSuchVersion":             fault.NotFound,

	"ResourceConflictException":           fault.Conflict, // exists, or is being updated
	"ResourceInUseException":              fault.Conflict,
	"EntityAlreadyExists":                 fault.Conflict,
	"ConcurrentModification":              fault.Conflict,
	"DeploymentAlreadyCompletedException": fault.Conflict,
	"DeploymentLimitExceededException":    fault.Conflict, // another deployment is under way; the message names it

	"PreconditionFailedException": fault.Precondition,
	"PreconditionFailed":          fault.Precondition,

	"AccessDeniedException":       fault.Denied,
	"AccessDenied":                fault.Denied,
	"UnauthorizedOperation":       fault.Denied,
	"KMSAccessDeniedException":    fault.Denied,
	"UnrecognizedClientException": fault.Denied,
	"InvalidClientTokenId":        fault.Denied,
	"InvalidSignatureException":   fault.Denied,
	"SignatureDoesNotMatch":       fault.Denied,
	"InvalidAccessKeyId":          fault.Denied,
	"ExpiredToken":                fault.Denied,
	"ExpiredTokenException":       fault.Denied,

	"CodeStorageExceededException":   fault.Limit,
	"PolicyLengthExceededException":  fault.Limit,
	"ApplicationLimitExceeded":       fault.Limit,
	"RequestTooLargeException":       fault.TooLarge,
	"RequestEntityTooLargeException": fault.TooLarge,
}

// strangers are errors about the credentials themselves: no IAM action is missing.
var strangers = map[string]bool{
	"UnrecognizedClientException": true, "InvalidClientTokenId": true, "InvalidSignatureException": true,
	"SignatureDoesNotMatch": true, "InvalidAccessKeyId": true, "ExpiredToken": true, "ExpiredTokenException": true,
}

// failed makes a failed call a fault about noun. The message says what was being done, and why the endpoint did not do it.
func failed(err error, noun, doing string, args ...any) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: kindOf(err), Noun: noun, Message: fmt.Sprintf(doing, args...) + ": " + reason(err), Cause: err}
}

// kindOf is the kind of a failed call. A call without an answer, be it that the caller gave up, is Unavailable.
func kindOf(err error) fault.Kind {
	var code string
	if api, ok := errors.AsType[smithy.APIError](err); ok {
		code = api.ErrorCode()
	}
	if kind, ok := kinds[code]; ok {
		return kind
	}
	switch status := statusOf(err); {
	case anonymous[code] && status == http.StatusNotFound:
		return fault.Unavailable // whoever answers has no such API
	case isThrottling(err), status == http.StatusTooManyRequests:
		return fault.Throttled
	case strings.HasSuffix(code, "DoesNotExistException"), status == http.StatusNotFound:
		return fault.NotFound
	case strings.HasSuffix(code, "AlreadyExistsException"):
		return fault.Conflict
	case status == http.StatusForbidden:
		return fault.Denied
	case status >= 500, status == 0:
		return fault.Unavailable
	}
	return fault.Invalid
}

// anonymous are the codes of answers that have none: the SDK makes the second one up.
var anonymous = map[string]bool{"": true, "UnknownError": true}

func statusOf(err error) int {
	if response, ok := errors.AsType[*smithyhttp.ResponseError](err); ok {
		return response.HTTPStatusCode()
	}
	return 0
}

// reason is the endpoint's text, or why there was none.
func reason(err error) string {
	operation, known := errors.AsType[*smithy.OperationError](err)
	api, answered := errors.AsType[smithy.APIError](err)
	switch {
	case answered && kindOf(err) == fault.Denied && known:
		return denial(api, operation)
	case answered && api.ErrorMessage() != "":
		return api.ErrorMessage()
	case answered:
		return api.ErrorCode()
	case known && statusOf(err) == 0:
		return fmt.Sprintf("no answer: %v", operation.Err)
	case known:
		return operation.Err.Error()
	}
	return err.Error()
}

// performing finds the action in IAM's text: "User: … is not authorized to perform: lambda:UpdateAlias on resource: …".
var performing = regexp.MustCompile(`not authorized to perform:? "?([a-z0-9-]+:[A-Za-z]+)`)

// denial is the text of a refusal, with the IAM action that was missing.
func denial(api smithy.APIError, operation *smithy.OperationError) string {
	text := api.ErrorMessage()
	if strangers[api.ErrorCode()] || performing.MatchString(text) {
		return text
	}
	return strings.TrimSpace(text + " (the IAM action is " + action(operation) + ")")
}

// prefixes are IAM's names for services, where they are not the SDK's in lower case.
var prefixes = map[string]string{"CloudWatch Logs": "logs"}

// actions are IAM's names for operations, where they are not the operation's own ("Actions, resources, and condition keys"
// of Lambda and S3).
var actions = map[string]string{"Invoke": "InvokeFunction", "HeadObject": "GetObject"}

func action(o *smithy.OperationError) string {
	service, operation := o.Service(), o.Operation()
	prefix, ok := prefixes[service]
	if !ok {
		prefix = strings.ToLower(service)
	}
	if other, ok := actions[operation]; ok {
		operation = other
	}
	return prefix + ":" + operation
}
