package command_test

import (
	"context"
	"fmt"
	"os"

	"sluice/internal/command"
)

// A check decides by its exit code, and sees what the release tells it.
func ExampleRunner_Run() {
	runner := &command.Runner{Output: os.Stdout}
	err := runner.Run(context.Background(), `echo "version $SLUICE_TO is ill"; exit 1`, map[string]string{"SLUICE_TO": "4"})
	fmt.Println(err != nil)
	// Output:
	// version 4 is ill
	// true
}
