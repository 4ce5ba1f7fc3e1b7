package executeapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/gateway/executeapi"
)

const method = "arn:aws:execute-api:us-east-1:111111111111:abcdefghij/dev/GET/pets/7"

func TestJudgements(t *testing.T) {
	statement := func(effect, action, resource string) string {
		return fmt.Sprintf(`{"Effect":%q,"Action":%s,"Resource":%s}`, effect, action, resource)
	}
	const invoke, all = `"execute-api:Invoke"`, `"*"`
	for _, tt := range []struct {
		name       string
		statements []string
		want       executeapi.Judgement
	}{
		{"nothing is said", nil, executeapi.Unsaid},
		{"all is allowed", []string{statement("Allow", invoke, all)}, executeapi.Allowed},
		{"all is denied", []string{statement("Deny", invoke, all)}, executeapi.Denied},
		{"a denial outweighs what was said before", []string{statement("Allow", invoke, all), statement("Deny", invoke, all)}, executeapi.Denied},
		{"and what is said after it", []string{statement("Deny", invoke, all), statement("Allow", invoke, all)}, executeapi.Denied},
		{"a denial of something else", []string{statement("Deny", invoke, `"*/pets/8"`), statement("Allow", invoke, all)}, executeapi.Allowed},
		{"the method itself", []string{statement("Allow", invoke, `"`+method+`"`)}, executeapi.Allowed},
		{"in another case", []string{statement("ALLOW", `"EXECUTE-API:invoke"`, `"`+strings.ToUpper(method)+`"`)}, executeapi.Allowed},
		{"wildcards", []string{statement("Allow", `"execute-api:*"`, `"arn:aws:execute-api:*:111111111111:abcdefghi?/*/GET/*"`)}, executeapi.Allowed},
		{"a wildcard for one letter stands for one", []string{statement("Allow", invoke, `"*/pets/7?"`)}, executeapi.Unsaid},
		{"a part of the method", []string{statement("Allow", invoke, `"arn:aws:execute-api:us-east-1"`)}, executeapi.Unsaid},
		{"a dot is no wildcard", []string{statement("Allow", invoke, `"`+strings.Replace(method, "/", ".", 1)+`"`)}, executeapi.Unsaid},
		{"another action", []string{statement("Allow", `"lambda:InvokeFunction"`, all)}, executeapi.Unsaid},
		{"another effect", []string{statement("Perhaps", invoke, all)}, executeapi.Unsaid},
		{"one of several", []string{statement("Allow", `["a:b","execute-api:Invoke"]`, `["x","*/GET/pets/*"]`)}, executeapi.Allowed},
		{"none of several", []string{statement("Allow", `["execute-api:Invoke"]`, `["x","y"]`)}, executeapi.Unsaid},
		{"empty lists", []string{statement("Allow", `[]`, `[]`)}, executeapi.Unsaid},
		{"no resource", []string{`{"Effect":"Allow","Action":"*"}`}, executeapi.Unsaid},
		{"a null", []string{statement("Allow", `null`, all), `null`}, executeapi.Unsaid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var read executeapi.Statements
			if err := json.Unmarshal([]byte("["+strings.Join(tt.statements, ",")+"]"), &read); err != nil {
				t.Fatal(err)
			}
			if got := read.Judge(method); got != tt.want {
				t.Errorf("the judgement is %d, want %d", got, tt.want)
			}
		})
	}
}

func TestStatementsThatAreNone(t *testing.T) {
	for _, text := range []string{`{}`, `[1]`, `[{"Action":1}]`, `[{"Resource":{}}]`, `[{"Resource":[1]}]`, `[{"Effect":[]}]`} {
		var read executeapi.Statements
		if err := json.Unmarshal([]byte(text), &read); err == nil {
			t.Errorf("%s is read as %+v", text, read)
		}
	}
}

// An authorizer's answer may hold long patterns; comparing takes no more steps than the product of both lengths.
func TestAPatternOfManyWildcardsIsNotTriedForLong(t *testing.T) {
	var read executeapi.Statements
	text := fmt.Sprintf(`[{"Effect":"Allow","Action":"*","Resource":%q}]`, strings.Repeat("*a", 500)+"b")
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	if got := read.Judge(strings.Repeat("a", 1000)); got != executeapi.Unsaid {
		t.Errorf("the judgement is %d", got)
	}
}
