package logfile_test

import (
	"fmt"
	"os"
	"time"

	"sluice/internal/function"
	"sluice/internal/logfile"
	"sluice/internal/logs"
)

func Example() {
	dir, err := os.MkdirTemp("", "logs")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	files, err := logfile.Open(dir, nil)
	if err != nil {
		panic(err)
	}
	defer func() { _ = files.Close() }()

	stream, err := files.Stream("123456789012", "eu-central-1", "/aws/lambda/calculator", "2026/01/02/[3]0123abcd")
	if err != nil {
		panic(err)
	}
	stream.Append(time.Now(), []byte("bonus is 50\n"))
	_ = stream.Close()

	id := logs.StreamID{
		Group: logs.GroupID{Scope: function.Scope{Account: "123456789012", Region: "eu-central-1"}, Name: "/aws/lambda/calculator"},
		Name:  "2026/01/02/[3]0123abcd",
	}
	blocks, err := files.Blocks(id, time.Time{}, time.Time{}) // of any time
	if err != nil {
		panic(err)
	}
	for _, block := range blocks {
		events, err := files.Read(id, block)
		if err != nil {
			panic(err)
		}
		for _, event := range events {
			fmt.Print(string(event.Message))
		}
	}
	// Output: bonus is 50
}
