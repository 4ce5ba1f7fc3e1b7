// Package metric keeps metrics: what was measured, of what, and when, and answers what their statistics are.
//
// A metric is named by its ID. Samples that fall into the same second (of the cloud) share a bucket; a Query asks for one
// statistic over periods of any length. Metric math is expression's business, what alarms make of a metric is
// internal/alarm's, and how metrics are spoken on the wire internal/api/cloudwatch's.
package metric
