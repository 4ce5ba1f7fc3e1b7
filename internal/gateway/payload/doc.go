// Package payload turns HTTP requests into the events that functions get, and functions' answers into HTTP answers, in
// AWS's payload format 2.0, which function URLs and HTTP APIs share.
//
// It is pure: it reads no body from a connection and writes none. Who may call, which function is called and how do not
// belong here, nor do the formats of REST APIs. Called by internal/gateway. Sources: AWS's pages "Invoking Lambda function
// URLs" and "Create AWS Lambda proxy integrations for HTTP APIs", and recordings of TestLambdaURL.
package payload
