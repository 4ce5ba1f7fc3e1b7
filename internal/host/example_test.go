package host_test

import (
	"archive/zip"
	"bytes"
	"fmt"

	"sluice/internal/fault"
	"sluice/internal/host"
)

func ExampleCheckPackage() {
	var upload bytes.Buffer
	archive := zip.NewWriter(&upload)
	if _, err := archive.Create("../../etc/cron.d/job"); err != nil {
		panic(err)
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	_, err := host.CheckPackage(bytes.NewReader(upload.Bytes()), int64(upload.Len()))
	fmt.Println(fault.Is(err, fault.Invalid, "package"))
	fmt.Println(err)
	// Output:
	// true
	// Could not unzip uploaded file. Please check your file, then try to upload again.
}
