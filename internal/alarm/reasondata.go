package alarm

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/metric"
)

// maxEvaluated is how many points, the newest ones, reason data list. How many AWS lists is not known; an alarm can have
// 8 640, which would be 400 KB with each change of its state.
const maxEvaluated = 100

// reasonData says for programs why a watch came to a state: a JSON text with AWS's keys, in their order and with doubles
// as Java prints them (recordings; EventBridge samples). At most maxEvaluated points are listed. Recent points are the oldest first, evaluated ones the newest.
func (w *Watch) reasonData(d decision, window Window, now time.Time) string {
	var b strings.Builder
	b.WriteString(`{"version":"1.0","queryDate":` + jsonTime(now))
	if len(d.points) > 0 {
		b.WriteString(`,"startDate":` + jsonTime(d.points[0].Time))
	}
	if w.Unit != "" {
		b.WriteString(`,"unit":` + jsonString(w.Unit))
	}
	if w.Statistic != "" { // metric math has none
		b.WriteString(`,"statistic":` + jsonString(string(w.Statistic)))
	}
	b.WriteString(`,"period":` + strconv.FormatInt(int64(w.step()/time.Second), 10) + `,"recentDatapoints":[`)
	d.points = d.points[max(0, len(d.points)-maxEvaluated):]
	for i, p := range d.points {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(jsonDouble(p.Value))
	}
	b.WriteString(`],"threshold":` + jsonDouble(w.Threshold) + `,"evaluatedDatapoints":[`)
	for i, p := range w.evaluated(d, window) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(p)
	}
	b.WriteString("]}")
	return b.String()
}

// evaluated lists the points that decided, the newest first, or, if there are none, the periods that lack them.
func (w *Watch) evaluated(d decision, window Window) (list []string) {
	if len(d.points) == 0 {
		for i := range min(w.Periods, maxEvaluated) {
			list = append(list, `{"timestamp":`+jsonTime(window.To.Add(-time.Duration(i+1)*window.Period))+"}")
		}
		return list
	}
	for _, p := range slices.Backward(d.points) {
		list = append(list, evaluatedPoint(p))
	}
	return list
}

func evaluatedPoint(p metric.Point) string {
	text := `{"timestamp":` + jsonTime(p.Time)
	if p.Samples > 0 { // what metric math made has none
		text += `,"sampleCount":` + jsonDouble(p.Samples)
	}
	return text + `,"value":` + jsonDouble(p.Value) + "}"
}

// javaDouble writes a number as Java's Double.toString does: 70.0, 0.0667, 1.0E10.
func javaDouble(f float64) string {
	switch size := math.Abs(f); {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	case size == 0 || size >= 1e-3 && size < 1e7:
		return withPoint(strconv.FormatFloat(f, 'f', -1, 64))
	}
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	n, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	return withPoint(digits) + "E" + strconv.Itoa(n)
}

func withPoint(digits string) string {
	if strings.Contains(digits, ".") {
		return digits
	}
	return digits + ".0"
}

// jsonDouble is javaDouble where JSON has the number, and null where it has not.
func jsonDouble(f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return "null"
	}
	return javaDouble(f)
}

func jsonTime(t time.Time) string { return `"` + t.UTC().Format("2006-01-02T15:04:05.000-0700") + `"` }

func jsonString(s string) string {
	text, _ := json.Marshal(s) // a string can't fail
	return string(text)
}
