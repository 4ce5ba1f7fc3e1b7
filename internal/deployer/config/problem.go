package config

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is a mistake in the file. Line and Column count from 1.
type Problem struct {
	Line, Column int
	What         string // and what to write instead
}

// Error is of the form LINE:COLUMN: what.
func (p Problem) Error() string { return fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.What) }

// Problems are all the mistakes that were found, in the order of the file, each on a line.
type Problems []Problem

// Error lists them.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// found collects problems.
type found struct{ problems Problems }

func (f *found) at(v *value, format string, args ...any) {
	f.problems = append(f.problems, Problem{v.line, v.column, fmt.Sprintf(format, args...)})
}

// err returns what was found, in the file's order, or nil.
func (f *found) err() error {
	if len(f.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return slices.Compact(f.problems)
}

// nearest returns a name of the list that somebody may have meant, or the empty string.
func nearest(name string, names []string) string {
	best, distance := "", 3
	for _, n := range names {
		if d := edits(strings.ToLower(name), n); d < distance && d < len(n) {
			best, distance = n, d
		}
	}
	return best
}

// edits is the number of letters to change, add or take away (Levenshtein).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
