package metric

import (
	"math"
	"strconv"
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

	maxName  = 255  // characters of a namespace, a metric's or a dimension's name
	maxValue = 1024 // characters of a dimension's value
)

// greatest is how far a value may be from zero.
var greatest = math.Ldexp(1, 360)

// Check reports what Put refuses at the time now. Errors: fault.Invalid "namespace", "metric", "dimension", "time",
// "value" (one of Values or of the Summary), "values" (too many, or none at all) and "counts". Namespaces that begin with
// AWS/ are not refused here, since Sluice publishes in them itself: that clients may not is for internal/api/cloudwatch.
func (d *Datum) Check(now time.Time) error {
	if err := d.ID.Check(); err != nil {
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

// Check reports names that no metric can have. Errors: fault.Invalid "namespace", "metric" and "dimension".
func (id *ID) Check() error {
	if strings.HasPrefix(id.Namespace, ":") || !legible(id.Namespace, maxName) {
		return fault.Errorf(fault.Invalid, "namespace", "the namespace %s must not begin with a colon, be blank, have "+
			"more than %d characters or others than printable ASCII", brief(id.Namespace), maxName)
	}
	if !legible(id.Name, maxName) {
		return fault.Errorf(fault.Invalid, "metric", "the metric name %s must not be blank, have more than %d characters "+
			"or others than printable ASCII", brief(id.Name), maxName)
	}
	if len(id.Dimensions) > MaxDimensions {
		return fault.Errorf(fault.Invalid, "dimension", "%s has %d dimensions, at most %d are possible", id.Name, len(id.Dimensions), MaxDimensions)
	}
	for i, each := range id.Dimensions {
		if strings.HasPrefix(each.Name, ":") || !legible(each.Name, maxName) || !legible(each.Value, maxValue) {
			return fault.Errorf(fault.Invalid, "dimension", "the dimension %s=%s of %s must not begin with a colon, be "+
				"blank, have more than %d characters (its value: %d) or others than printable ASCII",
				brief(each.Name), brief(each.Value), id.Name, maxName, maxValue)
		}
		for _, earlier := range id.Dimensions[:i] {
			if earlier.Name == each.Name {
				return fault.Errorf(fault.Invalid, "dimension", "%s has the dimension %q twice", id.Name, each.Name)
			}
		}
	}
	return nil
}

// brief quotes a text, and cuts off what would make a message hard to read.
func brief(text string) string {
	if len(text) > maxName {
		text = text[:maxName] + "..."
	}
	return strconv.Quote(text)
}

// legible reports whether a name is not blank or too long and has only printable ASCII characters.
func legible(name string, longest int) bool {
	if len(name) > longest {
		return false
	}
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
		if !Measurable(value) {
			return errValue(value, d.Name)
		}
	}
	for _, count := range d.Counts {
		if !Measurable(count) || count < 0 {
			return fault.Errorf(fault.Invalid, "counts", "%v is no count of a value of %s", count, d.Name)
		}
	}
	return nil
}

func (s *Summary) check(name string) error {
	for _, value := range []float64{s.Count, s.Sum, s.Min, s.Max} {
		if !Measurable(value) {
			return errValue(value, name)
		}
	}
	if s.Count < 0 || s.Min > s.Max {
		return fault.Errorf(fault.Invalid, "value", "a count of %v, and values from %v to %v, can't be those of %s", s.Count, s.Min, s.Max, name)
	}
	return nil
}

// Measurable reports whether a value can be that of a sample: a number from -2^360 to 2^360.
func Measurable(value float64) bool { return math.Abs(value) <= greatest } // false for NaN

func errValue(value float64, name string) error {
	return fault.Errorf(fault.Invalid, "value", "the value %v of %s is not a number from -2^360 to 2^360", value, name)
}
