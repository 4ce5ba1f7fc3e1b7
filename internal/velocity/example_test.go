package velocity_test

import (
	"fmt"

	"sluice/internal/velocity"
)

// A mapping template makes the body that an integration gets.
func Example() {
	template, err := velocity.Parse(`{"user": "$input.params('id')", "stage": "$context.stage", "names": [#foreach($p in $input.path('$.pets'))"$p.name"#if($foreach.hasNext), #end#end]}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := template.Render(map[string]any{
		"input":   velocity.NewInput(`{"pets": [{"name": "Rex"}, {"name": "Tom"}]}`, map[string]string{"id": "7"}, nil, nil),
		"context": velocity.NewMap(map[string]string{"stage": "dev"}),
		"util":    velocity.NewTools(),
	})
	fmt.Println(body, err)
	// Output: {"user": "7", "stage": "dev", "names": ["Rex", "Tom"]} <nil>
}
