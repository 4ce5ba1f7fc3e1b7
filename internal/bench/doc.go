// Command bench compares Sluice with the least that a Lambda-compatible host can do, and measures what else the design
// sets figures for. `make bench` runs it and writes docs/benchmarks.md.
//
// Both sides run the same handler and get the same load from the same generator in the same run, in turns, so that a
// noisy machine disturbs both; what counts is the ratio. Sluice runs as users run it: a process of its own, signatures
// checked, a weighted alias, logs and metrics on.
package main
