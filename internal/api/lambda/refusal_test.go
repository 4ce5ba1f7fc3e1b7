package lambda

import (
	"encoding/base64"
	"strings"
	"testing"
)

// What the recordings do not show: facts from AWS's pages and from errors that users have reported.
func TestRefusals(t *testing.T) {
	f := newFixture(t)
	const (
		invalid    = "InvalidParameterValueException"
		violation  = "ValidationException"
		conflict   = "ResourceConflictException"
		missing    = "ResourceNotFoundException"
		content    = "InvalidRequestContentException"
		arn        = "arn:aws:lambda:us-east-1:000000000000:function:"
		notLatest  = "Current operation does not support versions other than $LATEST."
		notAliases = "Deletion of aliases is not currently supported."
		onlyText   = `LogLevel is not supported when LogFormat is set to \"Text\".`
	)
	made := func(members string) string { return creation(t, members) }
	for name, tt := range map[string]struct {
		method, path, body string
		status             int
		code, text         string
		header             []string
	}{
		"no source of code":      {"POST", "", made(`{"Code":{}}`), 400, invalid, "Please provide a source for function code.", nil},
		"a qualifier at birth":   {"POST", "", made(`{"FunctionName":"g:1"}`), 400, invalid, notLatest, nil},
		"two sources of code":    {"POST", "", made(`{"Code":{"ZipFile":"emlw","S3Bucket":"bucket","S3Key":"k"}}`), 400, invalid, "Please do not provide other FunctionCode parameters when providing a ZipFile.", nil},
		"a package over 50 MB":   {"PUT", "f/code", `{"ZipFile":"` + base64.StdEncoding.EncodeToString(make([]byte, maxPackage+1)) + `"}`, 413, "RequestEntityTooLargeException", "Zipped size must be smaller than 52428800 bytes", nil},
		"an update without code": {"PUT", "f/code", `{}`, 400, invalid, "Please provide a source for function code.", nil},
		"an image for a package": {"PUT", "f/code", `{"ImageUri":"i"}`, 400, invalid, "Please don't provide ImageUri when updating a function with packageType Zip.", nil},
		"code of a qualifier":    {"PUT", "f:1/code", `{"ZipFile":"emlw"}`, 400, invalid, notLatest, nil},
		"a function not there":   {"PUT", "g/code", `{}`, 404, missing, "Function not found: " + arn + `g"`, nil},
		"16 minutes":             {"POST", "", made(`{"Timeout":901}`), 400, violation, "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900", nil},
		"a level for text":       {"POST", "", made(`{"LoggingConfig":{"SystemLogLevel":"DEBUG"}}`), 400, invalid, onlyText, nil},
		"a snapshot of Python 9": {"POST", "", made(`{"Runtime":"python3.9","SnapStart":{"ApplyOn":"PublishedVersions"}}`), 400, invalid, "python3.9 is not supported for SnapStart enabled functions.", nil},
		"variables as sent":      {"POST", "", `{"Environment":{"Variables": {"ZZ":"<é>", "AA":"` + strings.Repeat("x", 4096) + `"}},` + made(`{}`)[1:], 400, invalid, `String measured: {\"ZZ\":\"<é>\",\"AA\":\"xxx`, nil},
		"a NUL in a variable":    {"POST", "", made(`{"Environment":{"Variables":{"AA":"x\u0000y"}}}`), 400, invalid, "the value of AA contains a NUL character", nil},
		"a NUL in the handler":   {"POST", "", made(`{"Handler":"a\u0000.b"}`), 400, invalid, "Handler contains a NUL character", nil},
		"a version in use":       {"DELETE", "f?Qualifier=1", "", 409, conflict, "Unable to delete version because the following aliases reference it: [LIVE]", nil},
		"deleting an alias":      {"DELETE", "f?Qualifier=LIVE", "", 400, invalid, notAliases, nil},
		"deleting $LATEST":       {"DELETE", "f?Qualifier=$LATEST", "", 400, invalid, "$LATEST version cannot be deleted without deleting the function.", nil},
		"deleting $latest of g":  {"DELETE", "g?Qualifier=$latest", "", 404, missing, "Function not found: " + arn + `g"`, nil},
		"another role":           {"PUT", "f/aliases/LIVE", `{"RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}`, 400, invalid, "Specified versions must be associated with the same execution role", nil},
		"an alias not there":     {"PUT", "f/aliases/NONE", `{}`, 404, missing, "Alias not found: " + arn + "f:NONE", nil},
		"a log type":             {"POST", "f/invocations", "", 400, violation, "Value 'x' at 'logType' failed to satisfy constraint", []string{"X-Amz-Log-Type", "x"}},
		"a number for context":   {"POST", "f/invocations", "", 400, content, `{"message":"Client context must be a valid Base64-encoded JSON object."}`, []string{"X-Amz-Client-Context", "MQ=="}},
	} {
		t.Run(name, func(t *testing.T) {
			status, code, text := f.call(t, tt.method, functions+tt.path, tt.body, tt.header...)
			if status != tt.status || code != tt.code || !strings.Contains(text, tt.text) {
				t.Errorf("%d %s %.300s\nwant %d %s %s", status, code, text, tt.status, tt.code, tt.text)
			}
		})
	}
}

func TestDeletingWhatCannotExist(t *testing.T) {
	f := newFixture(t)
	for _, qualifier := range []string{"$latest", "0", "01", "99", "1234567890"} {
		f.must(t, "DELETE", functions+"f?Qualifier="+qualifier, "")
	}
	f.must(t, "GET", functions+"f/configuration?Qualifier=1", "")
}
