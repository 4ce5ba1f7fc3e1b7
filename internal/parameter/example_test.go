package parameter_test

import (
	"context"
	"fmt"
	"os"

	"sluice/internal/function"
	"sluice/internal/parameter"
	"sluice/internal/store"
)

func Example() {
	if err := raise(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output: 7 arn:aws:ssm:eu-central-1:123456789012:parameter/bonus/rate
}

// raise puts two versions of a parameter and reads the first.
func raise(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "parameters")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	records, err := store.Open(ctx, store.Config{Folder: folder})
	if err != nil {
		return err
	}
	defer records.Close()
	sealer, err := parameter.NewSealer([parameter.KeySize]byte{1})
	if err != nil {
		return err
	}
	parameters := parameter.NewService(records, sealer)

	scope := function.Scope{Account: "123456789012", Region: "eu-central-1"}
	rate := parameter.ID{Scope: scope, Name: "/bonus/rate"}
	for _, value := range []string{"7", "8"} {
		change := parameter.Change{ID: rate, Value: value, Type: parameter.String, Overwrite: true}
		if _, err := parameters.Put(ctx, change); err != nil {
			return err
		}
	}
	reference, err := parameter.ParseReference(scope, "/bonus/rate:1")
	if err != nil {
		return err
	}
	found, err := parameters.Get(ctx, reference, false)
	if err != nil {
		return err
	}
	fmt.Println(found.Value, found.ID.ARN())
	return nil
}
