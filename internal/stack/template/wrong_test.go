package template_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sluice/internal/fault"
	"sluice/internal/stack/template"
)

// resources is a section that is right, for templates whose other sections are wrong.
const resources = "Resources:\n  R: {Type: 'AWS::X::Y'}\n"

// wrongTemplate is one that is wrong in one way, and what is said to it. What CloudFormation says is known for those whose error begins
// as its errors do.
type wrongTemplate struct{ name, text, want string }

// odd are those that testdata/wrong.txtar can't hold: they are large, or it would add a line end.
var odd = []wrongTemplate{
	{"nothing", "", `Template format error: unsupported structure.`},
	{"blanks", " \n\t\n", `Template format error: unsupported structure.`},
	{"a text", "hello", `Template format error: unsupported structure.`},
	{"JSON: equals sign", `{"this is invalid JSON"="bobbins"}`, `Template format error: JSON not well-formed. (line 1, column 25)`},
	{"JSON: comma", "{\"Resources\": {},}", `Template format error: JSON not well-formed. (line 1, column 19)`},
	{"JSON: comment", "{\"Resources\": {} // no\n}", `Template format error: JSON not well-formed. (line 1, column 19)`},
	{"JSON: more after it", "{} {}", `Template format error: JSON not well-formed. (line 1, column 5)`},
	{"JSON: bad word", `{"A": tru}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: bad number", `{"A": 01}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: bad escape", `{"A": "\q"}`, `Template format error: JSON not well-formed. (line 1, column 8)`},
	{"JSON: key twice", "{\n \"Resources\": {},\n \"Resources\": {}\n}", `Template format error: duplicate key "Resources". (line 3, column 2)`},
	{"JSON: deep", `{"A":` + strings.Repeat("[", 5000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 105)`},
	{"YAML: deep lists", "A: " + strings.Repeat("[", 20_000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 104)`},
	{"YAML: deep maps", "A: " + strings.Repeat("{a: ", 10_000),
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 404)`},
	{"YAML: deep dashes", strings.Repeat("- ", 20_000) + "a",
		`Template format error: the template is nested more than 100 levels deep. (line 1, column 201)`},
	{"YAML: deep indents", indents(200), `Template format error: the template is nested more than 100 levels deep. (line 101, column 102)`},
	{"YAML: tags in a row", "A: " + strings.Repeat("!x ", 10_000) + "a",
		`Template format error: YAML not well-formed. (line 1, column 7): while parsing a block mapping, did not find expected key`},
	{"YAML: anchors in a row", "A: " + strings.Repeat("&x ", 10_000) + "a",
		`Template format error: YAML not well-formed. (line 1, column 7): while parsing a block mapping, did not find expected key`},
	{"YAML: wide map", "Resources:\n" + many("", "  a%: b\n", 3_000),
		`Template format error: Any Resources member must be an object. (line 2, column 3)`},
	{"YAML: long key", strings.Repeat("k", 5_000) + ": b\n",
		`Invalid template property or properties [` + strings.Repeat("k", 1959) + `...`},
	{"not UTF-8", "Resources:\n  A: \xff\n", `Template format error: YAML not well-formed. (line 2, column 6): it is not UTF-8`},
	{"too large", strings.Repeat("# comment\n", 100_001), `Template may not exceed 1000000 bytes in size.`},
	{"description is long", "Description: " + strings.Repeat("a", 1025) + "\n" + resources,
		`Template format error: 'Description' length is greater than 1024. (line 1, column 1)`},
	{"too many resources", many("Resources:\n", "  R%: {Type: T}\n", 2001),
		`Template format error: Number of resources, 2001, is greater than maximum allowed, 2000 (line 1, column 1)`},
	{"too many parameters", resources + many("Parameters:\n", "  P%: {Type: String, Default: a}\n", 201),
		`Template format error: Number of parameters, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"too many outputs", resources + many("Outputs:\n", "  O%: {Value: a}\n", 201),
		`Template format error: Number of outputs, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"too many mappings", resources + many("Mappings:\n", "  M%: {a: {b: c}}\n", 201),
		`Template format error: Number of mappings, 201, is greater than maximum allowed, 200 (line 3, column 1)`},
	{"output is null among others", `{"Resources":{"R":{"Type":"T"}},"Outputs":{"O":{"Another":null,"Value":null}}}`,
		`[/Outputs/O/Value] 'null' values are not allowed in templates`},
	{"YAML: great bomb", bomb(), `Template error: YAML aliases are not allowed in CloudFormation templates (line 2, column 8)`},
}

// bomb is a text of 400 bytes that stands for a thousand million values.
func bomb() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for level := 'b'; level < 'k'; level++ {
		text += string(level) + ": &" + string(level) + " [" + strings.Repeat("*"+string(level-1)+", ", 10) + "]\n"
	}
	return text
}

// wrong are all of them. In the archive each template is followed by its error.
func wrong(t testing.TB) []wrongTemplate {
	t.Helper()
	text, err := os.ReadFile("testdata/wrong.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := odd
	files := txtar.Parse(text).Files
	for i := 0; i+1 < len(files); i += 2 {
		if files[i+1].Name != "error" {
			t.Fatalf("%s has no error", files[i].Name)
		}
		all = append(all, wrongTemplate{files[i].Name, string(files[i].Data), strings.TrimSuffix(string(files[i+1].Data), "\n")})
	}
	return all
}

func indents(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// many repeats a line, with a number for %.
func many(head, line string, count int) string {
	for i := range count {
		head += strings.ReplaceAll(line, "%", strings.Repeat("x", 1+i/26/26)+string(rune('a'+i/26%26))+string(rune('a'+i%26)))
	}
	return head
}

// judge parses and binds a template without parameters.
func judge(text string) error {
	parsed, err := template.Parse(text)
	if err != nil {
		return err
	}
	_, err = parsed.Bind(template.Inputs{Pseudo: template.Pseudo{Region: "us-east-1"}})
	return err
}

// timed is the error of a template and how long it took, at best of some tries: others use the machine too.
func timed(text string) (took time.Duration, err error) {
	for try := 0; try == 0 || took > patience && try < 10; try++ {
		began := time.Now()
		err = judge(text)
		took = time.Since(began)
	}
	return took, err
}

func TestThereAreManyWrongTemplates(t *testing.T) {
	if count := len(wrong(t)); count < 60 {
		t.Errorf("there are %d", count)
	}
}

func TestWrongTemplates(t *testing.T) {
	for _, tt := range wrong(t) {
		t.Run(tt.name, func(t *testing.T) {
			took, err := timed(tt.text)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if !fault.Is(err, fault.Invalid, "template") {
				t.Error("the error is not a fault about a template")
			}
			var placed *template.Error
			if !errors.As(err, &placed) {
				t.Error("the error has no place")
			}
			if took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}
