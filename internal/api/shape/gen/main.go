// Command gen writes the packages below internal/api/shape from the API models that the Python package botocore
// carries: a package of structures, constraints and operations for the services that Sluice implements, and
// operation tables for those of which it only has to know what it lacks.
//
// It reads the wheel itself, so a run needs nothing but that file:
//
//	pip download --no-deps --dest .cache botocore==1.44.5
//	go run ./internal/api/shape/gen -models .cache/botocore-1.44.5-py3-none-any.whl -out internal/api/shape
//
// The same wheel gives the same bytes. Where a model contradicts what AWS was seen to do, overrides.go says so.
// Reading or writing requests does not belong here.
package main

import (
	"archive/zip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	wheel := flag.String("models", ".cache/botocore-1.44.5-py3-none-any.whl", "botocore's wheel")
	out := flag.String("out", "internal/api/shape", "folder of the generated packages")
	flag.Parse()
	if err := run(*wheel, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(wheel, out string) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("open the models: %w", err)
	}
	defer archive.Close()
	for _, s := range shaped {
		m, err := readModel(&archive.Reader, s.model)
		if err != nil {
			return err
		}
		if err := m.narrow(s.only); err != nil {
			return err
		}
		files, err := generate(m, s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.model, err)
		}
		if err := write(filepath.Join(out, s.pkg), files); err != nil {
			return err
		}
	}
	files := map[string][]byte{}
	for _, c := range listed {
		m, err := readModel(&archive.Reader, c.model)
		if err != nil {
			return err
		}
		if files[c.file], err = catalogFile(m, c); err != nil {
			return fmt.Errorf("%s: %w", c.model, err)
		}
	}
	files["services.go"], err = catalogIndex(listed)
	if err != nil {
		return err
	}
	return write(filepath.Join(out, "catalog"), files)
}

func write(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the package's folder: %w", err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return fmt.Errorf("write a generated file: %w", err)
		}
	}
	return nil
}
