// Package view has the texts that people see of releases: plans, events, standings, versions, and the JSON of the same.
//
// Each is a function from values to text: no clock, no terminal, no call. internal/cli reads the values, and prints.
package view
