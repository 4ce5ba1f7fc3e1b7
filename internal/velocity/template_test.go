package velocity

import (
	"testing"

	"sluice/internal/fault"
)

func TestMistakesHavePlaces(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no end", "a\n #if(true)", `line 2, column 2: #if has no #end`},
		{"an end too many", "a\nb #end", `line 2, column 7: #end belongs to nothing`},
		{"no parenthesis", `#if true#end`, `line 1, column 1: #if has no parenthesis`},
		{"no closing parenthesis", `#set($a = 1`, `line 1, column 1: a closing parenthesis is missing`},
		{"no value", `#set($a = )`, `line 1, column 11: a value is missing`},
		{"no reference", `#set(a = 1)`, `line 1, column 6: #set needs a reference to set`},
		{"no list", `#foreach($a)x#end`, `line 1, column 12: #foreach needs a variable and "in"`},
		{"no quote", `#set($a = "x)`, `line 1, column 11: a closing quote is missing`},
		{"no bracket", `#set($a = [1, 2)`, `line 1, column 16: a comma or ] is missing`},
		{"an else too many", `#else`, `line 1, column 6: #else belongs to nothing`},
		{"an else of a loop", `#foreach($a in [1])x#else y#end`, `line 1, column 1: #end is missing`},
		{"no variable", `#foreach(a in [1])x#end`, `line 1, column 10: #foreach needs a variable`},
		{"no condition", `#if()x#end`, `line 1, column 5: a value is missing`},
		{"no condition of a branch", `#if(true)x#elseif y#end`, `line 1, column 19: #elseif has no parenthesis`},
		{"no equals sign", `#set($a 1)`, `line 1, column 9: #set needs a reference and =`},
		{"no name of a macro", `#macro($a)x#end`, `line 1, column 1: #macro needs a name`},
		{"no name of a definition", `#define(x)x#end`, `line 1, column 9: #define needs a reference`},
		{"no end of a macro", `#macro(m)x`, `line 1, column 1: #end is missing`},
		{"no operand", `#set($a = 1 + )`, `line 1, column 15: a value is missing`},
		{"a text in quotes that is no template", `#set($a = "#if(true)x")`, `line 1, column 11: the text in quotes is no template`},
		{"no end of a range", `#set($a = [1..2)`, `line 1, column 12: ] is missing`},
		{"no end of a map", `#set($a = {"a": 1)`, `line 1, column 12: } is missing`},
		{"no end of parentheses", `#set($a = (1)`, `line 1, column 1: a closing parenthesis is missing`},
		{"no colon", `#set($a = {1})`, `line 1, column 12: a key of a map has no colon`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.text)
			if !fault.Is(err, fault.Invalid, "template") || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestTemplatesMayBeRenderedAtOnce(t *testing.T) {
	parsed, err := Parse(`#macro(m $x)<$x>#end#set($a = $input.path('$.age'))#m($a)`)
	if err != nil {
		t.Fatal(err)
	}
	results := make(chan string)
	for range 8 {
		go func() {
			got, err := parsed.Render(variables())
			if err != nil {
				got = err.Error()
			}
			results <- got
		}()
	}
	for range 8 {
		if got := <-results; got != "<7>" {
			t.Error(got)
		}
	}
}

func FuzzParseAndRender(f *testing.F) {
	for _, seed := range []string{`#set($a = 1)$a`, `#foreach($i in [1..3])$i#end`, `$input.path('$.pets[?(@.n>1)]')`, `${a.b("x", [1])}`, `#macro(m $a)$a#end#m(1)`, `#if(1==1)a#else b#end`, `\$a #[[x]]#`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := Parse(text)
		if err == nil {
			_, err = parsed.Render(variables())
		}
		if err != nil && !fault.Is(err, fault.Invalid, "") && !fault.Is(err, fault.Limit, "template") {
			t.Errorf("error %v", err)
		}
	})
}
