package stack

import (
	"flag"
	"os"
	"testing"

	"sluice/internal/race"
)

// Each case of a property about whole operations waits for the disk some dozen times, so there are fewer of them than usual.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		checks := "25"
		if race.Enabled {
			checks = "5"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
