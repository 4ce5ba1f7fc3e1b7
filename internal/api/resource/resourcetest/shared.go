package resourcetest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sluice/internal/clock"
)

// shared are the servers that tests have together, by their scales. Each test has a region to itself.
var shared struct {
	sync.Mutex
	folder  string
	servers map[clock.Scale]running
	regions int
}

// InRegion returns a region of a server that other tests use as well.
func InRegion(t testing.TB, scale clock.Scale) *Fixture {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	s, there := shared.servers[scale]
	if !there {
		s = start(t, filepath.Join(shared.folder, fmt.Sprint(scale)), scale)
		shared.servers[scale] = s
	}
	shared.regions++
	name := "us-test" + string(rune('a'+shared.regions/26)) + string(rune('a'+shared.regions%26)) + "-1"
	return &Fixture{T: t, Provider: s.provider, url: s.URL(), key: s.Key(), Region: name}
}

// Main runs tests, and closes what they have shared.
func Main(m *testing.M) {
	folder, err := os.MkdirTemp("", "resource")
	if err != nil {
		panic(err)
	}
	shared.folder, shared.servers = folder, map[clock.Scale]running{}
	code := m.Run()
	for _, s := range shared.servers {
		err = errors.Join(err, closed(s))
	}
	if err := errors.Join(err, os.RemoveAll(folder)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
