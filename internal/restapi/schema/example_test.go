package schema_test

import (
	"context"
	"fmt"

	"sluice/internal/restapi/schema"
)

func Example() {
	pets := map[string]string{
		"https://example.com/Pets": `{"type":"array","items":{"$ref":"Pet"}}`,
		"https://example.com/Pet":  `{"type":"object","required":["name"]}`,
	}
	s, err := schema.Compile("https://example.com/Pets", func(address string) (string, error) { return pets[address], nil })
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Check(context.Background(), []byte(`[{"name":"Rex"}]`)))
	fmt.Println(s.Check(context.Background(), []byte(`[{}]`)))
	// Output:
	// <nil>
	// [object has missing required properties (["name"])]
}
