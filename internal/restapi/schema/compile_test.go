package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/restapi/schema"
)

// doubling defines a0, a1, ...: each asks twice for the next.
func doubling(count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, `"a%d":{"allOf":[{"$ref":"#/definitions/a%d"},{"$ref":"#/definitions/a%d"}]},`, i, i+1, i+1)
	}
	return b.String()
}

func TestSchemasThatAreNoneAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                                        "not valid JSON",
		`{} {}`:                                    "not valid JSON",
		`7`:                                        "/: a schema has to be an object",
		`{"type":7}`:                               "/type: 7 is no type",
		`{"type":"text"}`:                          `/type: "text" is no type`,
		`{"type":[]}`:                              "/type: has to name a type",
		`{"enum":[]}`:                              "/enum: has to be a list of values",
		`{"minimum":"1"}`:                          "/minimum: has to be a number",
		`{"exclusiveMinimum":true}`:                "exclusiveMinimum needs its limit",
		`{"exclusiveMaximum":3}`:                   "/exclusiveMaximum: has to be true or false",
		`{"exclusiveMaximum":true}`:                "exclusiveMaximum needs its limit",
		`{"multipleOf":0}`:                         "/multipleOf: 0 cannot be divided by",
		`{"multipleOf":-1}`:                        "/multipleOf: -1 cannot be divided by",
		`{"multipleOf":1e-2000}`:                   "/multipleOf: 1e-2000 cannot be divided by",
		`{"minLength":1.5}`:                        "/minLength: has to be a whole number",
		`{"maxItems":-1}`:                          "/maxItems: has to be a whole number",
		`{"minProperties":true}`:                   "/minProperties: has to be a whole number",
		`{"uniqueItems":1}`:                        "/uniqueItems: has to be true or false",
		`{"pattern":"("}`:                          "/pattern: error parsing regexp",
		`{"pattern":1}`:                            "/pattern: has to be a text",
		`{"required":[]}`:                          "/required: has to be a list of names",
		`{"required":[1]}`:                         "/required: 1 is no name",
		`{"properties":{"a":1}}`:                   "/properties/a: a schema has to be an object",
		`{"properties":true}`:                      "/properties: has to be an object of schemas",
		`{"patternProperties":{"(":{}}}`:           "/patternProperties/(: error parsing regexp",
		`{"items":[1]}`:                            "/items/0: a schema has to be an object",
		`{"items":true}`:                           "/items: a schema has to be an object",
		`{"additionalItems":1}`:                    "/additionalItems: a schema has to be an object",
		`{"dependencies":1}`:                       "/dependencies: has to be an object",
		`{"dependencies":{"a":["b",1]}}`:           "/dependencies/a: 1 is no name",
		`{"allOf":[]}`:                             "/allOf: has to be a list of schemas",
		`{"not":1}`:                                "/not: a schema has to be an object",
		`{"$ref":"#/definitions/a"}`:               "there is nothing at #/definitions/a",
		`{"items":{"$ref":"#/items/x"}}`:           "there is nothing at #/items/x",
		`{"allOf":[{"$ref":"#/allOf/1"}]}`:         "there is nothing at #/allOf/1",
		`{"$ref":"#"}`:                             "refers to itself without end",
		`{"allOf":[{"$ref":"#"}]}`:                 "refers to itself without end",
		`{"not":{"oneOf":[{"$ref":"#"}]}}`:         "refers to itself without end",
		`{"dependencies":{"a":{"$ref":"#"}}}`:      "refers to itself without end",
		`{"items":{"anyOf":[{"$ref":"#/items"}]}}`: "refers to itself without end",
		`{"$ref":"http://example.com/schema"}`:     "nothing at http://example.com/schema",
		`{"$ref":"file:///etc/passwd"}`:            "nothing at file:///etc/passwd",
		`{"$ref":"%zz"}`:                           "nothing at %zz",
		strings.Repeat(`{"not":`, 201) + "{}" + strings.Repeat("}", 201): "nested too deeply",
		`{"minimum":` + strings.Repeat("1", 1001) + `}`:                  "a number that is too long",
	} {
		t.Run(text, func(t *testing.T) {
			_, err := schema.Compile("test:", func(address string) (string, error) {
				if address == "test:" {
					return text, nil
				}
				return "", fmt.Errorf("nothing at %s", address)
			})
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the error is %v, should have %q", err, want)
			}
		})
	}
}

func TestReferencesAreFollowed(t *testing.T) {
	documents := map[string]string{
		"https://example.com/models/List":  `{"type":"object","required":["value"],"properties":{"next":{"$ref":"#"},"value":{"$ref":"Value"}}}`,
		"https://example.com/models/Value": `{"$ref":"Parts#/definitions/a~1b/0","type":"array"}`,
		"https://example.com/models/Parts": `{"definitions":{"a/b":[{"type":"null"}]},"items":{"$ref":"Parts"}}`,
		"https://example.com/models/Named": `{"id":"https://elsewhere.example/x","properties":{"a":{"$ref":"y"},"b":{"$ref":"#z"},"c":{"$ref":"#/definitions/y"}},
			"definitions":{"y":{"id":"y","type":"null"},"z":{"id":"#z","type":"string"}}}`,
	}
	for _, tt := range []struct {
		model, body string
		fits        bool
	}{
		{"List", `{"value":null,"next":{"value":null}}`, true},
		{"List", `{"value":null,"next":{}}`, false},
		{"List", `{"value":[]}`, false}, // the neighbours of $ref mean nothing
		{"Parts", `[[],[[]]]`, true},
		{"Named", `{"a":null,"b":"x","c":null}`, true},
		{"Named", `{"a":1}`, false},
		{"Named", `{"b":1}`, false},
		{"Named", `{"c":1}`, false},
	} {
		s, err := schema.Compile("https://example.com/models/"+tt.model, func(address string) (string, error) {
			if text, there := documents[address]; there {
				return text, nil
			}
			return "", fmt.Errorf("nothing at %s", address)
		})
		if err != nil {
			t.Fatal(tt.model, err)
		}
		if got := verdict(s, tt.body); (got == "") != tt.fits {
			t.Errorf("%s, %s: %s", tt.model, tt.body, got)
		}
	}
}

func FuzzSchemasAndBodies(f *testing.F) {
	f.Add(`{"type":"object","properties":{"a":{"$ref":"#"}},"multipleOf":3}`, `{"a":{"a":1e9}}`)
	f.Add(`{"id":"x","allOf":[{"$ref":"x#/items"}],"items":{"enum":[1]}}`, `[1.0]`)
	f.Add(`{"definitions":true,"$ref":"#/definitions"}`, `1e99999999`)
	f.Fuzz(func(t *testing.T, text, body string) {
		s, err := schema.Compile("test:", func(address string) (string, error) {
			if address == "test:" {
				return text, nil
			}
			return "", fmt.Errorf("nothing at %s", address)
		})
		if err == nil {
			_ = s.Check(t.Context(), []byte(body)) // neither panics nor hangs
		}
	})
}
