package openapi

import (
	"strconv"
	"strings"

	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

// readIntegration makes an operation's integration and returns its ID; empty if there is none. One that operations refer to by the
// same name is made once.
func (r *reader) readIntegration(operation object, key string) string {
	given, ok := operation[oas.Extension+"integration"].(object)
	if !ok {
		return ""
	}
	name := oas.TextAt(given, "$ref")
	if id := r.integrations[name]; id != "" {
		return id
	}
	resolved := r.resolve(given)
	if resolved == nil {
		return ""
	}
	i, err := integration(resolved)
	if err == nil {
		i, err = r.made.Definition.CreateIntegration(*i)
	}
	if !r.check(err, "Unable to create integration of route '%s'", key) {
		return ""
	}
	if name != "" {
		r.integrations[name] = i.ID
	}
	return i.ID
}

func integration(given object) (*httpapi.Integration, error) {
	i := &httpapi.Integration{
		Type: strings.ToUpper(oas.TextAt(given, "type")), URI: oas.TextAt(given, "uri"), Method: strings.ToUpper(oas.TextAt(given, "httpMethod")),
		Format: formatAt(given, "payloadFormatVersion"), Credentials: oas.TextAt(given, "credentials"), Description: oas.TextAt(given, "description"),
		Parameters: oas.TableAt(given, "requestParameters"),
	}
	if text := oas.TextAt(given, "timeoutInMillis"); text != "" {
		timeout, err := strconv.ParseInt(text, 10, 64)
		if err != nil || timeout == 0 {
			return nil, oas.Errorf(": timeoutInMillis is %q", text)
		}
		i.Timeout = timeout
	}
	for status := range oas.ObjectAt(given, "responseParameters") {
		if i.Responses == nil {
			i.Responses = map[string]map[string]string{}
		}
		i.Responses[status] = oas.TableAt(oas.ObjectAt(given, "responseParameters"), status)
	}
	return i, served(strings.ToUpper(oas.TextAt(given, "connectionType")), oas.TextAt(given, "integrationSubtype"))
}

// served refuses what an integration may say that httpapi.Integration has no member for.
func served(connection, subtype string) error {
	switch {
	case subtype != "":
		return httpapi.NoSubtype(subtype)
	case connection != "" && connection != "INTERNET":
		return httpapi.NoConnection(connection)
	}
	return nil
}
