package logs_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"sluice/internal/function"
	"sluice/internal/logfile"
	"sluice/internal/logs"
	"sluice/internal/logs/pattern"
	"sluice/internal/store"
)

func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "logs")
	check(err)
	defer func() { _ = os.RemoveAll(folder) }()
	records, err := store.Open(ctx, store.Config{Folder: folder})
	check(err)
	defer func() { _ = records.Close() }()
	files, err := logfile.Open(folder, nil)
	check(err)
	defer func() { _ = files.Close() }()

	service := logs.NewService(logs.Config{Store: records, Files: files})
	check(service.Start(ctx))
	defer service.Close()

	// A function prints; its group is there with the first line.
	stream, err := service.Stream("123456789012", "eu-central-1", "/aws/lambda/calculator", "2026/01/02/[3]0123abcd")
	check(err)
	stream.Append(time.Now(), []byte("bonus is 50\n"))
	stream.Append(time.Now(), []byte("ERROR no such employee\n"))
	check(stream.Close())

	errors, err := pattern.Compile("ERROR")
	check(err)
	scope := function.Scope{Account: "123456789012", Region: "eu-central-1"}
	page, err := service.Search(ctx, logs.SearchQuery{
		Group: logs.GroupID{Scope: scope, Name: "/aws/lambda/calculator"}, Pattern: errors,
	})
	check(err)
	for _, event := range page.Events {
		fmt.Print(event.Stream, ": ", string(event.Message))
	}
	// Output: 2026/01/02/[3]0123abcd: ERROR no such employee
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
