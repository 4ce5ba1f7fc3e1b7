package payload

import (
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

// isText reports whether a body goes into an event as it is. A form does not: AWS passes it on in base64, as all that it
// does not take for text (recorded: TestLambdaURL.test_lambda_url_form_payload), and as all that is compressed.
func isText(header http.Header, body []byte) bool {
	if coding := header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return false
	}
	return textual(header.Get("Content-Type")) && utf8.Valid(body)
}

// textual reports whether a content type is one of text. None at all says nothing, and is taken for text: what is no
// UTF-8 is encoded anyway.
func textual(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, _, _ = strings.Cut(contentType, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	switch kind {
	case "application/json", "application/javascript", "application/xml", "application/graphql":
		return true
	}
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+json") || strings.HasSuffix(kind, "+xml")
}
