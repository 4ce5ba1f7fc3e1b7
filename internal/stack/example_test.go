package stack_test

import (
	"context"
	"fmt"
	"os"

	"sluice/internal/function"
	"sluice/internal/stack"
	"sluice/internal/store"
)

// A stack is made of a template's resources; what they are is a provider's business.
func ExampleService_Create() {
	ctx := context.Background()
	folder, _ := os.MkdirTemp("", "stacks")
	defer os.RemoveAll(folder)
	records, err := store.Open(ctx, store.Config{Folder: folder})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer records.Close()
	stacks := stack.New(stack.Config{Store: records, Provider: newCloud()})
	defer stacks.Close()

	made, err := stacks.Create(ctx, stack.Request{
		Scope: function.Scope{Account: "123456789012", Region: "eu-central-1"}, Name: "shop",
		Parameters: []stack.Given{{Key: "Greeting", Value: "hello"}},
		Template: `
Parameters:
  Greeting: {Type: String}
Resources:
  Thing:
    Type: Test::Thing
    Properties: {Name: one, Value: !Ref Greeting}
Outputs:
  Where: {Value: !Sub 'https://${Thing}/${Thing.Value}'}
`,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(made.Status, made.Reason)
	made, err = stacks.Wait(ctx, made.ID)
	fmt.Println(made.Status, made.Outputs[0].Value, err)
	// Output:
	// CREATE_IN_PROGRESS User Initiated
	// CREATE_COMPLETE https://one/hello <nil>
}
