package metric

import (
	"math"
	"strings"
	"time"

	"sluice/internal/fault"
)

// Bounds of what Put takes. Sources: CloudWatch API Reference, PutMetricData and MetricDatum.
const (
	MaxDimensions = 30
	MaxValues     = 150 // of a Datum
	MaxAge        = 14 * day
	MaxAhead      = 2 * time.Hour
)

// greatest is how far a value may be from zero.
var greatest = math.Ldexp(1, 360)

// Check reports what Put refuses at the time now. Errors: fault.Invalid "namespace", "metric", "dimension", "time",
// "value" (one of Values or of the Summary), "values" (too many, or none at all) and "counts". A namespace that begins
// with AWS/ is taken: AWS advises against it, and it is how one rehearses an alarm on a service's metric.
func (d *Datum) Check(now time.Time) error {
	if err := d.checkNames(); err != nil {
		return err
	}
	if age := now.Sub(d.Time); age > MaxAge || age < -MaxAhead {
		return fault.Errorf(fault.Invalid, "time", "the timestamp %s of %s is more than two weeks in the past or more "+
			"than two hours in the future", d.Time.UTC().Format(time.RFC3339), d.Name)
	}
	if d.Summary != nil {
		return d.Summary.check(d.Name)
	}
	return d.checkValues()
}

func (d *Datum) checkNames() error {
	if strings.HasPrefix(d.Namespace, ":") || !legible(d.Namespace) {
		return fault.Errorf(fault.Invalid, "namespace", "the namespace %q must not begin with a colon, be empty or have "+
			"other characters than printable ASCII", d.Namespace)
	}
	if !legible(d.Name) {
		return fault.Errorf(fault.Invalid, "metric", "the metric name %q must not be empty or have other characters than "+
			"printable ASCII", d.Name)
	}
	if len(d.Dimensions) > MaxDimensions {
		return fault.Errorf(fault.Invalid, "dimension", "%s has %d dimensions, at most %d are possible", d.Name, len(d.Dimensions), MaxDimensions)
	}
	for i, each := range d.Dimensions {
		if strings.HasPrefix(each.Name, ":") || !legible(each.Name) || !legible(each.Value) {
			return fault.Errorf(fault.Invalid, "dimension", "the dimension %q=%q of %s must not begin with a colon, be "+
				"empty or have other characters than printable ASCII", each.Name, each.Value, d.Name)
		}
		for _, earlier := range d.Dimensions[:i] {
			if earlier.Name == each.Name {
				return fault.Errorf(fault.Invalid, "dimension", "%s has the dimension %q twice", d.Name, each.Name)
			}
		}
	}
	return nil
}

// legible reports whether a name is not blank and has only printable ASCII characters.
func legible(name string) bool {
	blank := true
	for _, c := range []byte(name) {
		if c < ' ' || c > '~' {
			return false
		}
		blank = blank && c == ' '
	}
	return !blank
}

func (d *Datum) checkValues() error {
	if len(d.Values) == 0 || len(d.Values) > MaxValues {
		return fault.Errorf(fault.Invalid, "values", "%s has %d values; 1 to %d, or a summary, are possible", d.Name, len(d.Values), MaxValues)
	}
	if d.Counts != nil && len(d.Counts) != len(d.Values) {
		return fault.Errorf(fault.Invalid, "counts", "%s has %d values and %d counts", d.Name, len(d.Values), len(d.Counts))
	}
	for _, value := range d.Values {
		if !measurable(value) {
			return errValue(value, d.Name)
		}
	}
	for _, count := range d.Counts {
		if !measurable(count) || count < 0 {
			return fault.Errorf(fault.Invalid, "counts", "%v is no count of a value of %s", count, d.Name)
		}
	}
	return nil
}

func (s *Summary) check(name string) error {
	for _, value := range []float64{s.Count, s.Sum, s.Min, s.Max} {
		if !measurable(value) {
			return errValue(value, name)
		}
	}
	if s.Count < 0 || s.Min > s.Max {
		return fault.Errorf(fault.Invalid, "value", "a count of %v, and values from %v to %v, can't be those of %s", s.Count, s.Min, s.Max, name)
	}
	return nil
}

// measurable reports whether CloudWatch takes a value.
func measurable(value float64) bool { return math.Abs(value) <= greatest } // false for NaN

func errValue(value float64, name string) error {
	return fault.Errorf(fault.Invalid, "value", "the value %v of %s is not a number from -2^360 to 2^360", value, name)
}
