// Package cloudwatch speaks the CloudWatch API: metrics, alarms and dashboards. It turns a decoded request into a call
// of internal/metric, internal/alarm or internal/dashboard, and what they answer into AWS's shapes and error codes.
//
// No rule about metrics or alarms belongs here. wire speaks the three protocols, so a handler does not know which one a
// client used. Built by internal/server, which also sends ActionEvent to the functions that alarms call.
package cloudwatch
