package executeapi

import (
	"regexp"
	"strings"
)

// AccessLog takes a line about a request, for a stream of the log group with an ARN. It must not wait for the disk each time.
type AccessLog func(group, stream, line string)

// AccessFormat is how a stage logs its requests; nil: it does not.
type AccessFormat struct{ group, format string }

// NewAccessFormat returns the format of a stage's log; nil if it lacks the log group's ARN or the format.
func NewAccessFormat(group, format string) *AccessFormat {
	if group == "" || format == "" {
		return nil
	}
	return &AccessFormat{group, format}
}

// LogAccess writes a stage's line about the request, if the stage has a format and somebody reads it. What is not known is a hyphen.
func (v *Visit) LogAccess(f *AccessFormat, s *Sample, names Names, value func(expression string) (string, bool)) {
	if f != nil && v.AccessLog != nil {
		v.AccessLog(f.group, s.API+"/"+s.Stage, names.Fill(f.format, "-", value))
	}
}

// Names finds what a text names: $context.x, or ${context.x} with other text around it.
type Names struct{ pattern *regexp.Regexp }

// NewNames returns Names that begin with one of the scopes, such as context or method.request.
func NewNames(scopes ...string) Names {
	for i, scope := range scopes {
		scopes[i] = regexp.QuoteMeta(scope)
	}
	named := `(?:` + strings.Join(scopes, "|") + `)(?:\.[A-Za-z0-9_-]+)+`
	return Names{regexp.MustCompile(`\$(?:\{` + named + `\}|` + named + `)`)}
}

// Fill puts values into a text, and missing where there is none.
func (n Names) Fill(text, missing string, value func(expression string) (string, bool)) string {
	return n.pattern.ReplaceAllStringFunc(text, func(found string) string {
		if value, ok := value(strings.Trim(found, "${}")); ok {
			return value
		}
		return missing
	})
}
