package blob_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"sluice/internal/blob"
)

func ExampleFolder() {
	dir, err := os.MkdirTemp("", "blobs")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)

	folder, err := blob.OpenFolder(dir)
	if err != nil {
		panic(err)
	}
	sha256, size, err := folder.Put(context.Background(), strings.NewReader("abc"))
	if err != nil {
		panic(err)
	}
	file, err := folder.Open(context.Background(), sha256)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	fmt.Println(sha256, size, string(content), err)
	// Output: ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0= 3 abc <nil>
}
