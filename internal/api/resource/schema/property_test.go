package schema_test

import (
	"reflect"
	"testing"

	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

func TestProperties(t *testing.T) {
	text := &stack.Property{Kind: stack.String}
	for name, tt := range map[string]struct{ got, want *stack.Property }{
		"a text":            {schema.String(), text},
		"a required one":    {schema.String(schema.Required), &stack.Property{Kind: stack.String, Required: true}},
		"one that replaces": {schema.Integer(schema.Replaces), &stack.Property{Kind: stack.Integer, Replaces: true}},
		"one that is kept":  {schema.Boolean(schema.Kept), &stack.Property{Kind: stack.Boolean, Kept: true}},
		"with two marks":    {schema.Number(schema.Required, schema.Replaces), &stack.Property{Kind: stack.Number, Required: true, Replaces: true}},
		"anything":          {schema.Any(schema.Kept), &stack.Property{Kind: stack.Any, Kept: true}},
		"a document":        {schema.JSON(schema.Required), &stack.Property{Kind: stack.JSON, Required: true}},
		"a list":            {schema.List(schema.String(), schema.Required), &stack.Property{Kind: stack.List, Items: text, Required: true}},
		"a map":             {schema.Map(schema.String()), &stack.Property{Kind: stack.Map, Items: text}},
		"an object":         {schema.Object(schema.Fields{"A": schema.String()}, schema.Kept), &stack.Property{Kind: stack.Object, Fields: schema.Fields{"A": text}, Kept: true}},
	} {
		t.Run(name, func(t *testing.T) {
			if !reflect.DeepEqual(tt.got, tt.want) {
				t.Errorf("it is %+v, want %+v", tt.got, tt.want)
			}
		})
	}
}

func TestTags(t *testing.T) {
	tags := schema.Tags(schema.Kept)
	pair := tags.Items.Fields
	if tags.Kind != stack.List || !tags.Kept || len(pair) != 2 || !pair["Key"].Required || !pair["Value"].Required {
		t.Errorf("tags are %+v of %+v", tags, pair)
	}
}
