package comparison

import "math"

// upperOdds returns odds that a version's true odds of an event exceed with a chance of at most miss, after so many
// events in so many calls. It is infinite if nothing can be said. The bound is Chernoff's, a little wider than the exact
// one and good for few calls too. It also holds if the event is "longer than this quantile of the same calls".
func upperOdds(events, calls int64, miss float64) float64 {
	if calls <= 0 || events >= calls {
		return math.Inf(1)
	}
	seen := float64(events) / float64(calls)
	enough := -math.Log(miss) / float64(calls)
	low, high := seen, 1.0
	for range 60 {
		middle := (low + high) / 2
		if divergence(seen, middle) < enough {
			low = middle
		} else {
			high = middle
		}
	}
	return high / (1 - high)
}

// divergence is Kullback and Leibler's of a coin that shows an event in the share p of its throws from one with q.
func divergence(p, q float64) float64 {
	total := (1 - p) * math.Log((1-p)/(1-q))
	if p > 0 {
		total += p * math.Log(p/q)
	}
	return total
}
