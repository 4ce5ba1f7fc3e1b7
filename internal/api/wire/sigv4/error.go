package sigv4

import "fmt"

// Reason is the closed set of ways in which a request fails the check.
type Reason uint8

// The reasons. Protocols spell each in their own way.
const (
	Missing     Reason = iota + 1 // no signature at all
	Incomplete                    // a signature that lacks a part or can't be read
	UnknownKey                    // nobody has that access key, or not with that session token
	EndedToken                    // the temporary key's time is over
	Mismatch                      // another signature than the request's
	Skewed                        // signed too long ago, or in the future
	Ended                         // a presigned URL used after its time
	WrongDigest                   // the body is not what x-amz-content-sha256 says
	Malformed                     // the body is not in the chunks that it claims to be in
	Undeclared                    // x-amz-content-sha256 says nothing of a body that is to be read as it comes
)

// Error is why a request failed the check. Message is AWS's text.
type Error struct {
	Reason  Reason
	Message string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

func failure(reason Reason, format string, args ...any) *Error {
	return &Error{Reason: reason, Message: fmt.Sprintf(format, args...)}
}

func mismatch() *Error {
	return &Error{Mismatch, "The request signature we calculated does not match the signature you provided. " +
		"Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}
}
