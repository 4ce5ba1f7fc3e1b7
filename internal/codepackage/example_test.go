package codepackage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sluice/internal/codepackage"
	"sluice/internal/deployer"
)

func ExamplePackages() {
	folder, err := os.MkdirTemp("", "project")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	packages := codepackage.New(codepackage.Config{Folder: folder, Cache: filepath.Join(folder, ".cache")})
	code, err := packages.Package(context.Background(), deployer.Function{
		Code: deployer.Code{Source: "src", Build: "mkdir src && echo 'exports.handler = async () => 7' >src/index.js"},
	})
	fmt.Println(code.Digest, code.Size, err)
	// Output: lgUOuj8VitFCuvoWirJZK0XKn/E/9DPCD7O1w3GDJbE= 169 <nil>
}
