package alarm

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// Limits (PutMetricAlarm and PutCompositeAlarm in the CloudWatch API reference).
const (
	maxName        = 255
	maxDescription = 1024
	maxActions     = 5 // of one state
	maxARN         = 1600
	maxReason      = 1023
	maxReasonData  = 4000
	maxTags        = 50
	maxTagKey      = 128
	maxTagValue    = 256
)

func errAlarm(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "alarm", format, args...)
}

// validate checks what metric and composite alarms have in common.
func (a *Alarm) validate() error {
	switch n := utf8.RuneCountInString(a.Name); {
	case n == 0 || n > maxName:
		return errAlarm("An alarm's name has 1 to %d characters; this one has %d", maxName, n)
	case utf8.RuneCountInString(a.Description) > maxDescription:
		return errAlarm("An alarm's description has at most %d characters", maxDescription)
	}
	for _, state := range []State{OK, Ringing, InsufficientData} {
		actions := a.Actions.Of(state)
		if len(actions) > maxActions {
			return errAlarm("An alarm can have at most %d actions for %s; this one has %d", maxActions, state, len(actions))
		}
		for _, action := range actions {
			if !strings.HasPrefix(action, "arn:") || len(action) > 1024 {
				return errAlarm("Invalid arn syntax: %s", action)
			}
		}
	}
	return checkTags(a.Tags)
}

// validate checks all but metric math, which compile does.
func (w *Watch) validate() error {
	switch {
	case len(w.Queries) == 0:
		if err := w.checkMetric(); err != nil {
			return err
		}
	case w.Namespace != "" || w.Metric != "" || len(w.Dimensions) > 0 || w.Statistic != "" || w.Unit != "" || w.Period != 0:
		return errAlarm("An alarm over a metrics list can't have a namespace, metric name, dimensions, period, unit or statistic of its own")
	}
	return w.checkThreshold()
}

func (w *Watch) checkMetric() error {
	switch {
	case w.Metric == "" || w.Namespace == "":
		return errAlarm("An alarm needs a namespace and a metric name, or a metrics list")
	case w.Statistic == "":
		return errAlarm("An alarm over a metric needs a statistic or an extended statistic")
	case w.Period == 0:
		return errAlarm("An alarm over a metric needs a period")
	}
	if err := checkStatistic(w.Statistic); err != nil {
		return err
	}
	return checkID(w.Namespace, w.Metric, w.Dimensions)
}

func (w *Watch) checkThreshold() error {
	switch {
	case strings.Contains(string(w.Operator), "UpperThreshold") || strings.Contains(string(w.Operator), "LowerThreshold"):
		return errAlarm("The comparison operator %s needs an anomaly detection model, which is not supported: compare with a threshold instead", w.Operator)
	case !slices.Contains([]Operator{Above, AtLeast, Below, AtMost}, w.Operator):
		return errAlarm("'%s' is not a comparison operator", w.Operator)
	case math.IsNaN(w.Threshold) || math.IsInf(w.Threshold, 0):
		return errAlarm("An alarm needs a threshold, which is a finite number")
	case w.Periods < 1:
		return errAlarm("An alarm needs at least one evaluation period")
	case w.Datapoints < 0 || w.Datapoints > w.Periods:
		return errAlarm("DatapointsToAlarm can't be greater than EvaluationPeriods, or below 1: %d of %d", w.Datapoints, w.Periods)
	case !slices.Contains([]Missing{"", MissingIsMissing, MissingIsIgnored, MissingIsBreaching, MissingIsNotBreaching}, w.Missing):
		return errAlarm("Value '%s' for parameter TreatMissingData is not one of missing, ignore, breaching, notBreaching", w.Missing)
	}
	if err := w.checkPeriod(); err != nil {
		return err
	}
	return w.checkLowSamples()
}

// checkPeriod bounds the time that an alarm looks at: a day, or a week for periods of an hour and more.
func (w *Watch) checkPeriod() error {
	period, most := w.step(), day
	if !wholePeriods(period) {
		return errAlarm("Period must be 10, 20, 30 or a multiple of 60; %g is not", period.Seconds())
	}
	if period >= time.Hour {
		most = 7 * day
	}
	if period > most || w.Periods > int(most/period) {
		return errAlarm("Metrics cannot be checked across more than %d seconds: %d periods of %d seconds are more",
			int(most/time.Second), w.Periods, int(period/time.Second))
	}
	return nil
}

func (w *Watch) checkLowSamples() error {
	_, ok := w.Statistic.Percentile()
	switch {
	case !slices.Contains([]LowSamples{"", LowSamplesEvaluated, LowSamplesIgnored}, w.LowSamples):
		return errAlarm("Option '%s' for parameter EvaluateLowSampleCountPercentile is not one of evaluate, ignore", w.LowSamples)
	case w.LowSamples != "" && !ok:
		return errAlarm("EvaluateLowSampleCountPercentile is for percentiles alone")
	}
	return nil
}

func checkStatistic(s metric.Statistic) error {
	if _, err := metric.ParseStatistic(string(s)); err != nil {
		return fault.Errorf(fault.Invalid, "alarm", "%w", err)
	}
	return nil
}

// checkID checks that there can be such a metric.
func checkID(namespace, name string, dimensions []metric.Dimension) error {
	id := metric.ID{Namespace: namespace, Name: name, Dimensions: dimensions}
	if err := id.Check(); err != nil {
		return errAlarm("%w", err)
	}
	return nil
}

func checkTags(tags map[string]string) error {
	if function.CountTags(tags) > maxTags {
		return fault.Errorf(fault.Limit, "tags", "A resource can have at most %d tags", maxTags)
	}
	for key, value := range tags {
		if key == "" || utf8.RuneCountInString(key) > maxTagKey || utf8.RuneCountInString(value) > maxTagValue {
			return fault.Errorf(fault.Invalid, "tags", "A tag's key has 1 to %d characters and its value up to %d", maxTagKey, maxTagValue)
		}
	}
	return nil
}

func checkState(state State, reason, data string) error {
	switch {
	case !slices.Contains([]State{OK, Ringing, InsufficientData}, state):
		return errAlarm("'%s' is not a state: those are %s, %s and %s", state, OK, Ringing, InsufficientData)
	case utf8.RuneCountInString(reason) > maxReason || utf8.RuneCountInString(data) > maxReasonData:
		return errAlarm("A state's reason has at most %d characters, and its data %d", maxReason, maxReasonData)
	case data != "" && !json.Valid([]byte(data)):
		return errAlarm("StateReasonData is not valid JSON")
	}
	return nil
}
