package conformance

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/api/shape"
)

// failure reads an error as an SDK does: the code from the header or the body, the message by either of its names, and
// the members that the model gives the exception.
func failure(model *shape.Model, header http.Header, body map[string]any) map[string]any {
	code := errorCode(header, body)
	message, ok := body["message"]
	if !ok {
		message, ok = body["Message"]
	}
	if !ok {
		message = ""
	}
	inside := map[string]any{"Code": code, "Message": message}
	if old, party, ok := strings.Cut(header.Get("X-Amzn-Query-Error"), ";"); ok {
		inside["QueryErrorCode"], inside["Code"], inside["Type"] = code, old, party
	}
	failed := map[string]any{"Error": inside}
	for _, name := range exceptionMembers(model, code) {
		if value, sent := body[name]; sent && value != nil {
			failed[name] = value
		}
	}
	return failed
}

// errorCode is the exception's name, without the namespace before it and the address behind it that some services send.
func errorCode(header http.Header, body map[string]any) string {
	code := header.Get("X-Amzn-Errortype")
	for _, name := range []string{"__type", "code", "Code"} {
		if text, ok := body[name].(string); code == "" && ok {
			code = text
		}
	}
	code, _, _ = strings.Cut(code, ":")
	return code[strings.LastIndexByte(code, '#')+1:]
}

// lowerMessage are Lambda's exceptions whose message is called "message" (botocore's model of 2015-03-31).
var lowerMessage = []string{
	"AliasLimitExceededException", "CapacityProviderLimitExceededException", "CodeArtifactUserDeletedException",
	"CodeArtifactUserFailedException", "CodeArtifactUserPendingException", "CodeStorageExceededException",
	"FunctionVersionsPerCapacityProviderLimitExceededException", "InvalidParameterValueException",
	"InvalidRequestContentException", "ModeNotSupportedException", "PolicyLengthExceededException",
	"PreconditionFailedException", "ProvisionedConcurrencyConfigNotFoundException", "RequestTooLargeException",
	"ResourceConflictException", "ResourceNotReadyException", "RuntimeAliasDeletedException",
	"RuntimeVersionDeletedException", "SerializedRequestEntityTooLargeException", "TooManyRequestsException",
	"UnsupportedMediaTypeException",
}

// unmodelled are errors that answer Lambda's and API Gateway's requests and that their models lack, so that an SDK reads code
// and message alone.
var unmodelled = []string{
	"AccessDeniedException", "IncompleteSignatureException", "InvalidSignatureException", "MissingAuthenticationTokenException",
	"NotImplementedException", "RequestEntityTooLargeException", "SerializationException", "UnknownOperationException",
	"UnrecognizedClientException", "ValidationException",
}

// exceptionMembers names the members besides Error that an SDK reads.
func exceptionMembers(model *shape.Model, code string) []string {
	switch {
	case model.SigningName == "apigateway" && !slices.Contains(unmodelled, code):
		return []string{"message"}
	case model.SigningName != "lambda" || slices.Contains(unmodelled, code):
		return nil
	case code == "TooManyRequestsException":
		return []string{"Type", "message", "Reason"}
	case slices.Contains(lowerMessage, code):
		return []string{"Type", "message"}
	}
	return []string{"Type", "Message"}
}

// summarize takes a validation error apart into its constraints, whose order is not recorded.
func summarize(failed map[string]any) (code string, count int, constraints []any) {
	inside, _ := failed["Error"].(map[string]any)
	code, _ = inside["Code"].(string)
	message, _ := inside["Message"].(string)
	head, list, found := strings.Cut(message, " detected: ")
	if !found {
		return code, 0, []any{message}
	}
	digits, _, _ := strings.Cut(head, " ")
	count, _ = strconv.Atoi(digits) // zero is no count that was recorded
	const begin = "; Value '"       // a pattern may hold a semicolon
	for i, each := range strings.Split(list, begin) {
		if i > 0 {
			each = begin[len("; "):] + each
		}
		constraints = append(constraints, each)
	}
	return code, count, constraints
}
