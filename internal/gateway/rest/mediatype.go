package rest

import (
	"mime"
	"strings"
)

// mediaTypes are an API's binary media types.
type mediaTypes []string

// matches reports whether a content type, or the first of those that a client accepts, is one of them.
func (m mediaTypes) matches(header string) bool {
	if len(m) == 0 {
		return false
	}
	first, _, _ := strings.Cut(header, ",")
	kind := mediaType(first)
	for _, each := range m {
		if each != "*/*" && strings.HasPrefix(each, "*/") {
			continue // AWS has no such wildcard (LocalStack's test test_aws_proxy_binary_response, which ran on AWS)
		}
		if each == "*/*" || kind != "" && strings.EqualFold(each, kind) {
			return true
		}
		if group, ok := strings.CutSuffix(each, "/*"); ok && strings.HasPrefix(kind, strings.ToLower(group)+"/") {
			return true
		}
	}
	return false
}

// mediaType is a content type without its parameters, in lower case.
func mediaType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		kind, _, _ = strings.Cut(header, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	return kind
}
