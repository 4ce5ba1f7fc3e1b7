package metric

import (
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
)

// Statistic is what is asked of a period's samples, in the field's spelling; see ParseStatistic.
type Statistic string

// The statistics that do not depend on how the samples are distributed.
const (
	SampleCount Statistic = "SampleCount"
	Sum         Statistic = "Sum"
	Average     Statistic = "Average"
	Minimum     Statistic = "Minimum"
	Maximum     Statistic = "Maximum"
)

var plain = []Statistic{SampleCount, Sum, Average, Minimum, Maximum}

// Plain reports whether the statistic is one of the five above.
func (s Statistic) Plain() bool { return slices.Contains(plain, s) }

// Percentile returns which percentile the statistic asks for, 0 to 100, if it asks for one.
func (s Statistic) Percentile() (percent float64, ok bool) {
	cut, err := parseCut(string(s))
	return cut.high, err == nil && cut.kind == percentile
}

// ParseStatistic understands the five plain statistics, percentiles (p99, p99.9), the trimmed and winsorized mean and
// the trimmed count and sum (tm90, TM(10%:90%), TM(150:1000), TM(:80%); likewise wm, tc, ts), the percentile rank
// (PR(:300), PR(100:2000)) and IQM, in any case. Source: CloudWatch User Guide, "CloudWatch statistics definitions". Errors:
// fault.Invalid "statistic".
func ParseStatistic(text string) (Statistic, error) {
	s := Statistic(text)
	if s.Plain() {
		return s, nil
	}
	cut, err := parseCut(text)
	if err != nil {
		return "", err
	}
	if cut.kind == percentile {
		return Statistic(strings.ToLower(text)), nil
	}
	return s, nil
}

// cutKind is what is made of the samples that a cut leaves.
type cutKind string

const (
	percentile     cutKind = "p"
	trimmedMean    cutKind = "tm"
	winsorizedMean cutKind = "wm"
	trimmedCount   cutKind = "tc"
	trimmedSum     cutKind = "ts"
	percentileRank cutKind = "pr"
)

// cut is a part of a period's samples: those between two shares of them all, in percent, or between two values. A
// percentile is at high.
type cut struct {
	kind      cutKind
	low, high float64
	values    bool // low and high are values: above low, up to high
}

func parseCut(text string) (cut, error) {
	lower := strings.ToLower(text)
	if lower == "iqm" {
		return cut{kind: trimmedMean, low: 25, high: 75}, nil
	}
	invalid := fault.Errorf(fault.Invalid, "statistic", "%q is no statistic: use SampleCount, Sum, Average, Minimum, "+
		"Maximum, a percentile such as p99.9, or tm, wm, tc, ts, PR or IQM", text)
	for _, kind := range []cutKind{trimmedMean, winsorizedMean, trimmedCount, trimmedSum, percentileRank, percentile} {
		rest, ok := strings.CutPrefix(lower, string(kind))
		if !ok {
			continue
		}
		if c, ok := parseBounds(kind, rest); ok {
			return c, nil
		}
		return cut{}, invalid
	}
	return cut{}, invalid
}

// parseBounds reads what follows the kind: one share, or two bounds in parentheses of which one may be missing.
func parseBounds(kind cutKind, text string) (cut, bool) {
	between, ok := strings.CutPrefix(text, "(")
	if !ok {
		high, ok := parseNumber(text)
		return cut{kind: kind, high: high}, ok && high >= 0 && high <= 100 && kind != percentileRank
	}
	between, ok = strings.CutSuffix(between, ")")
	first, second, colon := strings.Cut(between, ":")
	if !ok || !colon || kind == percentile || first == "" && second == "" {
		return cut{}, false
	}
	shares := strings.Contains(between, "%")
	low, lowOK := parseBound(first, lowest(shares), shares)
	high, highOK := parseBound(second, highest(shares), shares)
	if shares && (kind == percentileRank || low < 0 || high > 100) {
		return cut{}, false
	}
	return cut{kind, low, high, !shares}, lowOK && highOK && low <= high
}

func parseBound(text string, missing float64, share bool) (float64, bool) {
	if text == "" {
		return missing, true
	}
	number, percent := strings.CutSuffix(text, "%")
	if percent != share {
		return 0, false
	}
	return parseNumber(number)
}

// parseNumber reads digits with at most ten decimals, and a sign.
func parseNumber(text string) (float64, bool) {
	_, decimals, _ := strings.Cut(text, ".")
	if len(decimals) > 10 || strings.Trim(text, "-.0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}
