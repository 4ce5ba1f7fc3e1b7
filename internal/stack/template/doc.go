// Package template reads the templates of stacks: text becomes a plain tree, the tree is checked, parameters and conditions
// are bound, and intrinsic functions are evaluated.
//
// A tree consists of map[string]any, []any, string, bool, nil and json.Number, short tags are written out as their long form,
// and a number or a date stays the text that it was. Places (lines and columns) are kept beside the tree.
//
// The way of a template: Parse, then the transforms (internal/stack/language, internal/stack/sam) on Template.Tree with the values
// of Template.Values, then Template.With and Template.Bind, which check what the transforms left.
//
// What a transform stands for, what a resource type has for properties, and what the values of resources are do not belong here.
// Called by internal/stack, internal/stack/language and internal/api/cloudformation.
package template
