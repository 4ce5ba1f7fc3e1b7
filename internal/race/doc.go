// Package race tells tests whether the race detector is on, which makes arithmetic and the start of processes much slower.
// A test that repeats these does so less often then, and as often as it should without the detector, in `make check`.
package race
