package velocity

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// textMethods are those of texts. Positions count characters.
var textMethods = map[string]method{
	"length":           func(_ *run, on any, _ []any) (any, error) { return int64(utf8.RuneCountInString(on.(string))), nil },
	"isEmpty":          func(_ *run, on any, _ []any) (any, error) { return on.(string) == "", nil },
	"trim":             func(r *run, on any, _ []any) (any, error) { return r.made(strings.TrimSpace(on.(string))) },
	"toLowerCase":      func(r *run, on any, _ []any) (any, error) { return r.made(strings.ToLower(on.(string))) },
	"toUpperCase":      func(r *run, on any, _ []any) (any, error) { return r.made(strings.ToUpper(on.(string))) },
	"contains":         asks(strings.Contains),
	"startsWith":       asks(strings.HasPrefix),
	"endsWith":         asks(strings.HasSuffix),
	"equalsIgnoreCase": asks(strings.EqualFold),
	"matches": func(r *run, on any, args []any) (any, error) {
		pattern, err := r.compiled(on, args, `^(?:%s)$`)
		return pattern != nil && pattern.MatchString(on.(string)), err
	},
	"indexOf":      finds(strings.Index),
	"lastIndexOf":  finds(strings.LastIndex),
	"concat":       func(r *run, on any, args []any) (any, error) { return r.concatenate(on, first(args)) },
	"substring":    substring,
	"charAt":       charAt,
	"split":        split,
	"replace":      replace,
	"replaceAll":   replaceAll,
	"replaceFirst": replaceFirst,
	"compareTo": func(_ *run, on any, args []any) (any, error) {
		with, _ := word(args, 0)
		return int64(strings.Compare(on.(string), with)), nil
	},
	// These make $Integer.parseInt("1") work, with any text or number for $Integer.
	"parseInt":    parsed,
	"parseDouble": parsed,
	"valueOf":     parsed,
}

func first(args []any) any {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// asks makes a method of a question about two texts.
func asks(question func(on, with string) bool) method {
	return func(r *run, on any, args []any) (any, error) {
		with, ok := word(args, 0)
		return ok && question(on.(string), with), r.spend((len(on.(string)) + len(with)) / stepSize)
	}
}

// finds makes a method of a search.
func finds(search func(in, what string) int) method {
	return func(r *run, on any, args []any) (any, error) {
		what, ok := word(args, 0)
		at := search(on.(string), what)
		if !ok || at < 0 {
			return int64(-1), nil
		}
		return int64(utf8.RuneCountInString(on.(string)[:at])), r.spend(at / stepSize)
	}
}

func substring(r *run, on any, args []any) (any, error) {
	text := []rune(on.(string))
	from, ok := whole(args, 0)
	to := len(text)
	if len(args) > 1 {
		to, _ = whole(args, 1)
	}
	if !ok || from < 0 || to < from || to > len(text) {
		return nil, nil
	}
	return r.made(string(text[from:to]))
}

func charAt(r *run, on any, args []any) (any, error) {
	i, ok := whole(args, 0)
	text := []rune(on.(string))
	if !ok || i < 0 || i >= len(text) {
		return nil, nil
	}
	return string(text[i]), r.spend(len(text) / stepSize)
}

// split cuts a text at a regular expression. Empty ends are left out, as in Java.
func split(r *run, on any, args []any) (any, error) {
	pattern, err := r.compiled(on, args, "%s")
	if pattern == nil {
		return nil, err
	}
	parts := pattern.Split(on.(string), -1)
	for len(parts) > 1 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	list := &List{}
	for _, part := range parts {
		list.items = append(list.items, part)
	}
	return list, r.spend(len(parts) + len(on.(string))/stepSize)
}

// compiled is the regular expression that the first argument is, put into a form, to be matched with a text; nil if it is none.
func (r *run) compiled(on any, args []any, form string) (*regexp.Regexp, error) {
	if err := r.match(on.(string)); err != nil {
		return nil, err
	}
	text, ok := word(args, 0)
	if !ok || len(text) > maxPattern {
		return nil, nil
	}
	pattern, err := regexp.Compile(fmt.Sprintf(form, text))
	if err != nil {
		return nil, nil // one that is none matches nothing
	}
	return pattern, nil
}

// grown refuses a replacement before it is made that would be too large: each character could be replaced.
func grown(text, with string) error {
	if (len(text)+1)*(len(with)+1) > MaxSize {
		return tooMuch("a text is too large")
	}
	return nil
}

func replace(r *run, on any, args []any) (any, error) {
	old, ok := word(args, 0)
	with, okay := word(args, 1)
	if !ok || !okay {
		return nil, nil
	}
	if strings.Count(on.(string), old)*len(with)+len(on.(string)) > MaxSize {
		return nil, tooMuch("a text is too large")
	}
	return r.made(strings.ReplaceAll(on.(string), old, with))
}

var javaGroup = regexp.MustCompile(`\\(.)|\$(\d)`)

// replacement writes a Java replacement as Go does: $1 is a group, a backslash makes a dollar sign or a backslash text.
func replacement(java string) string {
	return javaGroup.ReplaceAllStringFunc(strings.ReplaceAll(java, "$$", "$$$$"), func(found string) string {
		if found[0] == '\\' {
			return strings.ReplaceAll(found[1:], "$", "$$")
		}
		return "${" + found[1:] + "}"
	})
}

func replaceAll(r *run, on any, args []any) (any, error) {
	pattern, err := r.compiled(on, args, "%s")
	with, ok := word(args, 1)
	if pattern == nil || !ok {
		return nil, err
	}
	if err := grown(on.(string), with); err != nil {
		return nil, err
	}
	return r.made(pattern.ReplaceAllString(on.(string), replacement(with)))
}

func replaceFirst(r *run, on any, args []any) (any, error) {
	pattern, err := r.compiled(on, args, "%s")
	with, ok := word(args, 1)
	if pattern == nil || !ok {
		return nil, err
	}
	text := on.(string)
	found := pattern.FindStringSubmatchIndex(text)
	if found == nil {
		return text, nil
	}
	if err := grown(text[found[0]:found[1]], with); err != nil {
		return nil, err
	}
	made := pattern.ExpandString(nil, replacement(with), text, found)
	return r.made(text[:found[0]] + string(made) + text[found[1]:])
}

func parsed(_ *run, _ any, args []any) (any, error) {
	text, ok := word(args, 0)
	if !ok {
		return nil, nil
	}
	switch value := number(text).(type) {
	case int64, float64:
		return value, nil
	}
	return nil, nil
}

// numberMethods are those of numbers.
var numberMethods = map[string]method{
	"intValue":    integer,
	"longValue":   integer,
	"doubleValue": func(_ *run, on any, _ []any) (any, error) { n, _ := float(on); return n, nil },
	"parseInt":    parsed,
	"parseDouble": parsed,
	"valueOf":     parsed,
}

func integer(_ *run, on any, _ []any) (any, error) {
	if n, ok := on.(float64); ok {
		return int64(n), nil
	}
	return on, nil
}
