// Package workspace opens the folder that a sluice.yaml lies in, for the commands of internal/cli.
//
// It joins the rooms that a release needs: the file (internal/deployer/config) with the process's variables, other files
// and git behind its ${…}; the endpoint (internal/remote); packages and commands of the folder (internal/codepackage,
// internal/command); and the Runner that does the work (internal/deployer/release). For `sluice init` it also looks at
// code and functions that have no file yet.
//
// Nothing is decided and nothing is printed here: rules are internal/deployer's, flags and texts internal/cli's.
package workspace
