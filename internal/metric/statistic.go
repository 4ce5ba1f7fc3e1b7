package metric

// Statistic is what is asked of a period's samples: SampleCount, Sum, Average, Minimum, Maximum, or a percentile such as
// p99 or p99.9 (the field's spellings; see ParseStatistic).
type Statistic string

// The statistics that need no percentile.
const (
	SampleCount Statistic = "SampleCount"
	Sum         Statistic = "Sum"
	Average     Statistic = "Average"
	Minimum     Statistic = "Minimum"
	Maximum     Statistic = "Maximum"
)
