// Package metric keeps metrics: what was measured, of what, and when, and answers what their statistics are.
//
// A metric is named by its ID. Samples that fall into the same second (of the cloud) share a bucket; a Query asks for one
// statistic over periods of any length. Service keeps metrics in memory and hands what it is given to a Journal first,
// so that they survive a restart. Meter records invocations on the way of their answer; the Service publishes what it
// measured as AWS/Lambda metrics, at the latest when somebody asks for them.
//
// Memory is bounded by the number of metrics. Of each, 1 024 seconds, 1 440 minutes, 2 016 times five minutes and 2 184
// hours that have samples are kept; what has no room, or is older than on AWS (3 hours, 15, 63 and 455 days), is folded
// into the next. A metric costs 420 bytes, and for each of these buckets 24 bytes if its samples are equal, else 72 and
// about two bytes for each group of values that differ by less than 2 % (at most 4 KB). One that has a value each second
// costs 28 KB after seventeen minutes and 130 to 350 KB after a day, of which percentiles take what is over 130. From the
// 2 001st metric on, folded samples lose their distribution: their percentiles are gone, sums and bounds stay.
//
// Metric math is expression's business, what alarms make of a metric is internal/alarm's, how metrics are spoken on the
// wire internal/api/cloudwatch's, and files are internal/metricfile's. These call it, and internal/logs, whose metric
// filters put what they count.
package metric
