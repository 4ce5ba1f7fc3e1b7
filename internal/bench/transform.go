package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"sluice/internal/stack/sam"
	"sluice/internal/stack/template"
)

//go:embed transform_reference.py
var transformReference string

// transforms is how long one pass of the SAM transform over the same templates took: Sluice and the reference
// implementation.
type transforms struct {
	templates         int
	sluice, reference time.Duration
}

// passes is how often the reference transforms all templates; Sluice does so a hundred times as often.
const passes = 3

// measureTransforms needs a Python that has the reference implementation; without one it measures nothing.
func measureTransforms(ctx context.Context, python, templates string) (m transforms, err error) {
	if python == "" {
		return m, nil
	}
	managed := filepath.Join(templates, "..", "data", "managed-policies.json")
	out, err := exec.CommandContext(ctx, python, "-c", transformReference, templates, managed, fmt.Sprint(passes)).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return m, fmt.Errorf("the reference implementation of the transform: %w\n%s", err, failed.Stderr)
	} else if err != nil {
		return m, fmt.Errorf("the reference implementation of the transform: %w", err)
	}
	var reference struct {
		Templates int
		Seconds   float64
	}
	if err := json.Unmarshal(out, &reference); err != nil {
		return m, fmt.Errorf("the reference implementation printed %q: %w", out, err)
	}
	m.reference = time.Duration(reference.Seconds * float64(time.Second))
	m.templates, m.sluice, err = timeTransforms(templates, 100*passes)
	if err == nil && m.templates != reference.Templates {
		err = fmt.Errorf("%d templates here, %d there", m.templates, reference.Templates)
	}
	return m, err
}

// timeTransforms transforms the templates that have an output, and returns how many there are and how long one pass took.
func timeTransforms(folder string, passes int) (count int, pass time.Duration, err error) {
	outputs, err := filepath.Glob(filepath.Join(folder, "output", "*.json"))
	if err != nil {
		return 0, 0, err
	}
	given := make([]*template.Template, len(outputs))
	for i, output := range outputs {
		name := strings.TrimSuffix(filepath.Base(output), ".json")
		text, err := os.ReadFile(filepath.Join(folder, "input", name+".yaml"))
		if err != nil {
			return 0, 0, err
		}
		if given[i], err = template.Parse(string(text)); err != nil {
			return 0, 0, fmt.Errorf("%s: %w", name, err)
		}
	}
	began := time.Now()
	for range passes {
		for i, t := range given {
			if _, err := sam.Transform(t.Tree, transformOptions(t)); err != nil {
				return 0, 0, fmt.Errorf("%s: %w", filepath.Base(outputs[i]), err)
			}
		}
	}
	return len(given), time.Since(began) / time.Duration(passes), nil
}

func transformOptions(t *template.Template) sam.Options {
	return sam.Options{
		Region: "ap-southeast-1", Partition: "aws", Position: t.Position,
		Parameters: map[string]any{"param1": "value1", "param2": "value2"},
	}
}
