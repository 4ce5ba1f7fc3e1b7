// Package config reads sluice.yaml: a project's functions, and its environments, which override anything.
//
// Read checks the whole file, whatever environment is asked for, and says for each mistake in which line and column it
// is and what to write; File.Environment then resolves one environment: defaults under the function's own keys, under
// the environment's, under the environment's for that function; values of variables and of other files in place of
// ${…}. One table of keys (keys.go) is both what Read accepts and the JSON schema for editors.
//
// It is told what variables and other files hold (Sources) and opens none itself. Whether the code is there, and what
// the endpoint has, is not looked at here.
package config
