package template

import "encoding/json"

// Scalar is a string, number or boolean as the text that CloudFormation takes it for; false if it is none of them.
func Scalar(value any) (string, bool) {
	switch value := value.(type) {
	case string:
		return value, true
	case json.Number:
		return value.String(), true
	case bool:
		if value {
			return "true", true
		}
		return "false", true
	}
	return "", false
}
