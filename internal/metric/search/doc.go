// Package search finds metrics by a search text, such as
//
//	{AWS/Lambda,FunctionName} MetricName="Errors" NOT canary
//
// which is what the SEARCH function of metric math takes. It is pure: it judges metrics that it is shown. Which metrics
// there are, and their data, do not belong here. Called by internal/api/cloudwatch.
//
// The language is that of the CloudWatch User Guide, "CloudWatch search expression syntax".
package search
