package shape

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that a whole string has to match. Its zero value matches the empty string alone.
// It is compiled when first used, because compiling all of a service's patterns would slow the start of the server.
type Pattern struct {
	// Text is AWS's spelling, which messages quote.
	Text string
	// Match is the same language in RE2's syntax; empty where Text itself is in it.
	Match string
	// Reject, if not empty, is a language to take away from Match: what a lookahead excludes.
	Reject string

	once   sync.Once
	match  *regexp.Regexp
	reject *regexp.Regexp
}

// Accepts reports whether all of s matches. It may be called by several goroutines at once.
func (p *Pattern) Accepts(s string) bool {
	p.once.Do(p.compile)
	return p.match.MatchString(s) && (p.reject == nil || !p.reject.MatchString(s))
}

func (p *Pattern) compile() {
	text := p.Match
	if text == "" {
		text = p.Text
	}
	p.match = regexp.MustCompile(Anchored(text))
	if p.Reject != "" {
		p.reject = regexp.MustCompile(Anchored(p.Reject))
	}
}

// Anchored is the expression that matches where all of a string matches expr. A dot matches line feeds, too: AWS
// applies its patterns to descriptions of several lines.
func Anchored(expr string) string { return `\A(?s:` + expr + `)\z` }
