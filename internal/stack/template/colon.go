package template

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/token"
)

// joinColons puts texts with colons together again. Between braces the lexer takes a text like AWS::Region behind a tag, or s3:* in
// a list, for a key and a value; in YAML a colon without a blank behind it is part of the text (YAML 1.2.2 §7.3.3).
func joinColons(tokens token.Tokens) (token.Tokens, *Error) {
	if !slices.ContainsFunc(tokens, func(t *token.Token) bool { return t.Type == token.MappingStartType }) {
		return tokens, nil
	}
	joined := make(token.Tokens, 0, len(tokens))
	depth := 0
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		}
		parts := 1
		if depth > 0 && isPlain(t) {
			parts = textParts(tokens[i:])
		}
		if parts > 1 {
			t = joinTokens(tokens[i : i+parts])
			i += parts - 1
			if strings.Contains(t.Value, ": ") { // The lexer took all up to here for one text.
				return nil, notWellFormed("YAML", t.Position.Line, t.Position.Column, "a key with colons must be quoted between braces")
			}
		}
		joined.Add(t)
	}
	return joined, nil
}

// isPlain reports whether a token is a scalar without quotation marks.
func isPlain(t *token.Token) bool {
	return t.CharacterType == token.CharacterTypeMiscellaneous && t.Indicator == token.NotIndicator
}

// textParts is how many tokens one text is made of: those that follow each other without a blank, colons among them.
func textParts(tokens token.Tokens) int {
	parts := 1
	for parts+1 < len(tokens) && tokens[parts].Type == token.MappingValueType && follows(tokens[parts-1], tokens[parts]) &&
		follows(tokens[parts], tokens[parts+1]) {
		parts += 2
		for parts < len(tokens) && tokens[parts].Type != token.MappingValueType && follows(tokens[parts-1], tokens[parts]) {
			parts++
		}
	}
	return parts
}

// follows reports whether a token continues the text of the one before it.
func follows(before, t *token.Token) bool {
	switch t.Type {
	case token.CollectEntryType, token.MappingStartType, token.MappingEndType, token.SequenceStartType, token.SequenceEndType,
		token.CommentType, token.SingleQuoteType, token.DoubleQuoteType, token.InvalidType:
		return false
	}
	return before.Position.Line == t.Position.Line && before.Origin == strings.TrimRight(before.Origin, " \t\r\n") &&
		t.Origin == strings.TrimLeft(t.Origin, " \t\r\n")
}

func joinTokens(parts token.Tokens) *token.Token {
	var origin strings.Builder
	for _, part := range parts {
		origin.WriteString(part.Origin)
	}
	return token.String(strings.TrimSpace(origin.String()), origin.String(), parts[0].Position)
}
