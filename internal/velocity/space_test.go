package velocity

import "testing"

// White space: a directive takes its line with it if nothing else is behind it, and #set what stands before it.
func TestWhiteSpaceOfDirectives(t *testing.T) {
	wantRendered(t, []rendering{
		{"set takes its line", "a\n#set($x = 1)\nb", "a\nb"},
		{"with Windows' line ends", "a\r\n#set($x = 1)\r\nb", "a\r\nb"},
		{"with old line ends", "a\r#set($x = 1)\rb", "a\rb"},
		{"set takes blanks and tabs before it", "a\n \t #set($x = 1)\nb", "a\nb"},
		{"but not text", "a #set($x = 1) b", "a b"},
		{"set takes blanks behind it", "#set($x = 1) \t\nb", "b"},
		{"an empty line stays", "#set($x = 1)\n\nb", "\nb"},
		{"if takes its line", "#if(true)\na\n#end\nb", "a\nb"},
		{"if keeps what is before it", "a\n  #if(true)\nb\n  #end\nc", "a\n  b\n  c"},
		{"else takes its line", "#if(false)\na\n#else\nb\n#end\nc", "b\nc"},
		{"elseif takes its line", "#if(false)\na\n#elseif(true)\nb\n#end\nc", "b\nc"},
		{"foreach takes its line", "#foreach($i in [1, 2])\n$i\n#end\nc", "1\n2\nc"},
		{"macro takes its line", "#macro(m)\na\n#end\n#m()b", "a\nb"},
		{"define takes its line", "#define($d)\na\n#end\n$d", "a\n"},
		{"a reference takes none", "#set($x = 1)$x\n$x\n", "1\n1\n"},
		{"a comment takes its line's end", "a ## b\nc", "a c"},
		{"a comment over lines takes none", "a #* b *#\nc", "a \nc"},
		{"a call takes none", "#macro(m)a#end#m()\nb", "a\nb"},
		{"arguments over lines", "#macro(m $a $b)$a$b#end#m(\n 1\n 2\n)", "12"},
		{"a condition over lines", "#if(\n true\n &&\n true\n)a#end", "a"},
		{"a map over lines", "#set($m = {\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n})$m", "{a=1, b=[2]}"},
		{"a directive's blanks", "#if (true)a#end#set ($x = 1)$x", "a1"},
	})
}
