package sandbox

import "os"

// The server's executable, started as a keeper, is one before anything else of it begins: it must not read flags,
// listen or print, and each millisecond here is one of each cold start. Doing it here rather than in main lets every
// executable that starts functions do so, tests included.
func init() {
	switch os.Args[0] {
	case keeperName:
		keep()
		os.Exit(0)
	case nothingDo:
		os.Exit(0)
	}
}
