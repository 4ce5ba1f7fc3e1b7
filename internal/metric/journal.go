package metric

// Journal keeps data where they survive the process. internal/metricfile implements it.
type Journal interface {
	// Append returns when the data are stored. It does not keep them. Many goroutines may call it at once.
	Append(data []Datum) error
	// Replay hands over all data that are still stored, oldest first, in batches of any size that are valid until apply
	// returns. It is called once, before the first Append.
	Replay(apply func(data []Datum)) error
}
