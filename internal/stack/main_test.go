package stack

import (
	"flag"
	"os"
	"testing"
)

// Each case of a property about whole operations waits for the disk some dozen times, so there are fewer of them than usual.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "25"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
