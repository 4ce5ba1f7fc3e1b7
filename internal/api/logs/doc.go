// Package logs answers the AWS CloudWatch Logs API, 2014-03-28: groups, streams, events, metric filters, tags, retention
// and resource policies. Subscriptions and Insights queries are told apart from what does not exist, and refused.
//
// It turns decoded requests into calls of internal/logs and their results into AWS's replies; errors.go is the one place
// that knows AWS's names for what can go wrong. How events are kept and searched, and what a filter pattern means, does
// not belong here. internal/server builds it and hands it to a wire.Server.
package logs
