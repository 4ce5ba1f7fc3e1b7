// Package pattern reads CloudWatch Logs' filter patterns and matches log messages with them
// (AWS: AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
//
// A pattern has one of three forms. Terms look for text: `ERROR -timeout`, `?warn ?fail`, `"two words"`, `%4[0-9]{2}%`.
// A JSON pattern stands in braces and asks for fields of a message that is a JSON document:
// `{ $.status >= 500 && $.path = "/api/*" }`. A space-delimited pattern stands in brackets and names the columns of a
// message: `[ip, user, ..., status = 4*, bytes > 1000]`. The empty pattern matches every message.
//
// Compiling and matching are functions of their arguments. Matching takes time linear in the message's length for a
// given pattern. Log events, their storage and the metrics that are made of matches do not belong here: internal/logs
// calls this package for FilterLogEvents and for metric filters, internal/api/logs for TestMetricFilter.
package pattern
