package config

import (
	"regexp"
	"strings"

	"sluice/internal/deployer"
)

// Sources are what ${…} may name besides the file's own project, environment and function.
type Sources struct {
	Variable func(name string) (value string, ok bool) // of the process's environment
	File     func(path string) ([]byte, error)         // a file, relative to the folder of sluice.yaml
	Git      deployer.Stamp                            // Commit and Tag, for ${git.commit} and ${git.tag}
	// Unset stands for a variable that is not set and has no default. Empty: such a variable is a mistake.
	Unset string
}

// variableName is what a variable of a process can be called. Anything else between the braces, such as a shell's
// ${NAME:?text} or a password that happens to have braces, is a mistake whose text is not repeated: it may be a secret.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// names are what ${…} stands for in one place.
type names struct {
	Sources
	own map[string]string // env, project, function, region
}

// resolve returns a scalar's text with each ${…} replaced. $${ stands for ${. The text of what was named is not looked
// through again, so a value can say what it likes.
func (n *names) resolve(f *found, v *value) string {
	var b strings.Builder
	rest := v.text
	for {
		before, after, more := strings.Cut(rest, "${")
		if !more {
			b.WriteString(rest)
			return b.String()
		}
		if literal, ok := strings.CutSuffix(before, "$"); ok {
			b.WriteString(literal + "${")
			rest = after
			continue
		}
		b.WriteString(before)
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			f.at(v, "a ${ has no }: write ${NAME}, or $${ for the characters themselves")
			return b.String()
		}
		b.WriteString(n.named(f, v, name))
		rest = tail
	}
}

// named is what one ${name} stands for.
func (n *names) named(f *found, v *value, name string) string {
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		return n.file(f, v, path)
	}
	name, fallback, hasFallback := strings.Cut(name, ":-")
	if own, ok := n.own[name]; ok {
		return own
	}
	switch name {
	case "git.commit":
		return orElse(n.Git.Commit, fallback)
	case "git.tag":
		return orElse(n.Git.Tag, fallback)
	}
	if !variableName.MatchString(name) {
		f.at(v, "a ${…} here names no variable: write ${NAME} or ${NAME:-default}, or $${ for the characters themselves")
		return ""
	}
	if n.Variable != nil {
		if text, ok := n.Variable(name); ok && (text != "" || !hasFallback) {
			return text
		}
	}
	if !hasFallback && n.Unset != "" {
		return n.Unset
	}
	if !hasFallback {
		f.at(v, "${%s}: there is no variable %s in the environment of this process: set it, or write ${%s:-default}", name, name, name)
	}
	return fallback
}

// file is the text of a file, or of one value in a YAML or JSON file: ${file:PATH} and ${file:PATH#key.key}.
func (n *names) file(f *found, v *value, path string) string {
	path, inside, part := strings.Cut(path, "#")
	if n.File == nil {
		f.at(v, "${file:%s}: files can't be read here", path)
		return ""
	}
	content, err := n.File(path)
	if err != nil {
		f.at(v, "${file:%s}: %v", path, err)
		return ""
	}
	if !part {
		return strings.TrimRight(string(content), "\r\n")
	}
	at, err := parse(content)
	if err != nil {
		f.at(v, "${file:%s}: %v", path, err)
		return ""
	}
	for name := range strings.SplitSeq(inside, ".") {
		at = at.get(name)
	}
	if at == nil || at.kind != scalar {
		f.at(v, "${file:%s#%s}: the file has no single value there", path, inside)
		return ""
	}
	return at.text
}

func orElse(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
