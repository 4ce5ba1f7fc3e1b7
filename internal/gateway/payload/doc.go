// Package payload turns HTTP requests into the events that functions get, and functions' answers into HTTP answers, in
// AWS's payload format 2.0, which function URLs and HTTP APIs share, and in format 1.0 (ProxyEvent), which is REST APIs' and
// which HTTP APIs can ask for.
//
// It is pure: it reads no body from a connection and writes none. Who may call, which function is called and how do not
// belong here. Called by the fronts of internal/gateway. Sources: AWS's pages "Invoking Lambda function URLs", "Create AWS Lambda proxy
// integrations for HTTP APIs" and "Lambda proxy integrations in API Gateway", and recordings of TestLambdaURL and of
// test_lambda_aws_proxy_integration_request_data_mapping.
package payload
