// Package conformance replays recordings of AWS's answers against a server and tells where the server's answers
// differ. It is support for tests: no command and no other room imports it.
//
// A recording is a file of steps (testdata/aws-recordings/README.md defines the format). LoadAll reads a folder of them,
// Replay sends the steps of one in order as an SDK would, and returns every Deviation instead of stopping at the first.
// Comparison goes both ways: what AWS did not send must be missing from the answer.
//
// Starting servers does not belong here, nor does any knowledge of what Sluice serves: the test that calls Replay
// brings both. It speaks restJson1, awsJson, the query protocol and rpc-v2-cbor; a step in another protocol is a Deviation
// that says so.
package conformance
