// Package remote talks to a Lambda endpoint, a Sluice server's or AWS's, through AWS's own SDK: functions, versions,
// aliases, alarms, metrics, deployments, the service role, logs, and whose account it is.
//
// Where requests go, and as whom, is the SDK's configuration (AWS_ENDPOINT_URL, profile, region). Each failure becomes a
// fault, by one table (fault.go). Nothing is decided here: what is to be done, and in what order, belongs to
// internal/deployer and internal/deployer/release, whose Endpoint this package implements. internal/workspace opens it.
package remote
