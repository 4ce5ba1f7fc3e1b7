package cloudwatch

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// put makes a call of PutMetricData, which answers with nothing.
func (d *desk) put(operation string, in any) {
	d.t.Helper()
	if status, body := d.call(operation, in); status != 200 {
		d.t.Fatalf("%s %v: %d %s", operation, in, status, body)
	}
}

// thisMinute began when the tests did. They put and ask for times around it, so that no minute ends in between.
var thisMinute = time.Now().Truncate(time.Minute)

// minuteAgo is the beginning of a minute that has passed.
func minuteAgo(minutes int) time.Time { return thisMinute.Add(-time.Duration(minutes) * time.Minute) }

// putValues stores values a minute apart, the last of them a minute ago; those that are nil are left out.
func (d *desk) putValues(name string, dimensions items, values ...any) {
	d.t.Helper()
	var data items
	for i, v := range values {
		if v != nil {
			at := minuteAgo(len(values) - i)
			data = append(data, object{"MetricName": name, "Dimensions": dimensions, "Value": v, "Timestamp": at.Unix()})
		}
	}
	d.put("PutMetricData", object{"Namespace": "n", "MetricData": data})
}

// stat is a query of a metric by minutes.
func stat(id, name, statistic string, more ...object) object {
	q := object{"Id": id, "MetricStat": object{
		"Metric": object{"Namespace": "n", "MetricName": name}, "Period": 60, "Stat": statistic,
	}}
	for _, each := range more {
		for k, v := range each {
			q[k] = v
		}
	}
	return q
}

// lastMinutes asks for the time from so many minutes ago to the end of this one.
func lastMinutes(minutes int, queries ...any) object {
	return object{"MetricDataQueries": items(queries), "StartTime": minuteAgo(minutes).Unix(), "EndTime": minuteAgo(-1).Unix(),
		"ScanBy": "TimestampAscending"}
}

// results draws what an answer has: each result's id, label and values.
func results(answer object) string {
	var lines []string
	for _, each := range answer["MetricDataResults"].([]any) {
		r := each.(map[string]any)
		line := fmt.Sprintf("%s %q %v", r["Id"], r["Label"], r["Values"])
		if r["StatusCode"] != "Complete" {
			line += fmt.Sprint(" ", r["StatusCode"])
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func TestGetMetricDataCalculates(t *testing.T) {
	d := newDesk(t)
	d.putValues("errors", nil, 1, nil, 3)
	d.putValues("calls", nil, 10, 10, 10)
	hidden := object{"ReturnData": false}
	errors, calls := stat("errors", "errors", "Sum", hidden), stat("calls", "calls", "Sum", hidden)
	for _, tt := range []struct {
		name, want string
		queries    []any
	}{
		{"a metric", `m "errors" [1 3]`, []any{stat("m", "errors", "Sum")}},
		{"an expression", `rate "rate" [10 0 30]`, []any{errors, calls, object{"Id": "rate", "Expression": "100 * errors / calls"}}},
		{"an expression with a label", `rate "percent" [10 0 30]`,
			[]any{errors, calls, object{"Id": "rate", "Expression": "100 * errors / calls", "Label": "percent"}}},
		{"FILL over the range", `e "e" [9 1 9 3 9]`, []any{errors, object{"Id": "e", "Expression": "FILL(errors, 9)"}}},
		{"an array", `e "errors" [2 6]; e "calls" [20 20 20]`, []any{errors, calls, object{"Id": "e", "Expression": "METRICS() * 2"}}},
		{"an array with a label", `e "twice errors" [2 6]; e "twice calls" [20 20 20]`,
			[]any{errors, calls, object{"Id": "e", "Expression": "METRICS() * 2", "Label": "twice"}}},
		{"an array with an empty label", `e "errors" [1 3]; e "calls" [10 10 10]`,
			[]any{errors, calls, object{"Id": "e", "Expression": "METRICS()", "Label": ""}}},
		{"an array with a label that has placeholders", `e "errors: 3" [1 3]; e "calls: 10" [10 10 10]`,
			[]any{errors, calls, object{"Id": "e", "Expression": "METRICS()", "Label": "${LABEL}: ${MAX}"}}},
		{"an array of nothing", ``, []any{errors, object{"Id": "e", "Expression": "METRICS('x')"}}},
		{"a search", `e "calls" [10 10 10]; e "errors" [1 3]`,
			[]any{object{"Id": "e", "Expression": "SEARCH('{n} MetricName=errors OR calls', 'Sum', 60)"}}},
		{"a sum over a search", `e "e" [11 10 13]`,
			[]any{object{"Id": "e", "Expression": "SUM(SEARCH('Namespace=n', 'Sum', 60))"}}},
		{"a metric without data", `m "nothing" []`, []any{stat("m", "nothing", "Sum")}},
		{"another account", `m "errors" []`, []any{stat("m", "errors", "Sum", object{"AccountId": "999999999999"})}},
		{"hidden metrics", ``, []any{errors, calls}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := results(d.must("GetMetricData", lastMinutes(4, tt.queries...))); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestGetMetricDataSearchTellsMetricsApart(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"calculator", "greeter"} {
		d.putValues("Errors", items{object{"Name": "FunctionName", "Value": name}}, 1)
	}
	for label, want := range map[any]string{
		nil:        `e "calculator" [1]; e "greeter" [1]`,
		"of":       `e "of calculator" [1]; e "of greeter" [1]`,
		"${LABEL}": `e "calculator" [1]; e "greeter" [1]`,
		"${PROP('Dim.FunctionName')} ${PROP('Stat')} ${PROP('Period')}": `e "calculator Sum 60" [1]; e "greeter Sum 60" [1]`,
	} {
		q := object{"Id": "e", "Expression": `SEARCH('{n,FunctionName} MetricName="Errors"', 'Sum', 60)`}
		if label != nil {
			q["Label"] = label
		}
		if got := results(d.must("GetMetricData", lastMinutes(3, q))); got != want {
			t.Errorf("label %v: got %s, want %s", label, got, want)
		}
	}
}

func TestGetMetricDataGivesTheNewestFirst(t *testing.T) {
	d := newDesk(t)
	d.putValues("m", nil, 1, 2, 3)
	ask := lastMinutes(5, stat("m", "m", "Sum"))
	for order, want := range map[string]string{"": "[3 2 1]", "TimestampDescending": "[3 2 1]", "TimestampAscending": "[1 2 3]"} {
		delete(ask, "ScanBy")
		if order != "" {
			ask["ScanBy"] = order
		}
		if got := results(d.must("GetMetricData", ask)); got != `m "m" `+want {
			t.Errorf("ScanBy %q: got %s, want %s", order, got, want)
		}
	}
}

func TestGetMetricDataPages(t *testing.T) {
	d := newDesk(t)
	d.putValues("a", nil, 1, 2, 3)
	d.putValues("b", nil, 4, 5)
	d.putValues("c", nil, 6)
	visible := []any{stat("a", "a", "Sum"), stat("b", "b", "Sum"), stat("c", "c", "Sum")}
	for _, tt := range []struct {
		name    string
		queries []any
		want    []string
	}{
		{"metrics", visible, []string{
			`a "a" [1 2] PartialData; b "b" [] PartialData; c "c" [] PartialData`,
			`a "a" [3]; b "b" [4] PartialData; c "c" [] PartialData`,
			`b "b" [5]; c "c" [6]`,
		}},
		{"expressions", []any{visible[0], visible[1], visible[2], object{"Id": "e", "Expression": "a + 0"}}, []string{
			`a "a" [1 2] PartialData; b "b" [] PartialData; c "c" [] PartialData; e "e" [] PartialData`,
			`a "a" [3]; b "b" [4] PartialData; c "c" [] PartialData; e "e" [] PartialData`,
			`b "b" [5]; c "c" [6]; e "e" [] PartialData`,
			`e "e" [1 2] PartialData`,
			`e "e" [3]`,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ask := lastMinutes(5, tt.queries...)
			ask["MaxDatapoints"] = 2
			var pages []string
			for range 10 {
				answer := d.must("GetMetricData", ask)
				pages = append(pages, results(answer))
				if answer["NextToken"] == nil {
					break
				}
				ask["NextToken"] = answer["NextToken"]
			}
			if !reflect.DeepEqual(pages, tt.want) {
				t.Errorf("pages\n%s\nwant\n%s", strings.Join(pages, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestGetMetricDataRefuses(t *testing.T) {
	d := newDesk(t)
	m := stat("m", "m", "Sum")
	many := make([]any, 501)
	for i := range many {
		many[i] = stat(fmt.Sprintf("m%d", i), "m", "Sum")
	}
	with := func(request, more object) object {
		for k, v := range more {
			request[k] = v
		}
		return request
	}
	for _, tt := range []struct {
		name          string
		request       object
		code, message string
	}{
		{"no query", with(lastMinutes(1), object{"MetricDataQueries": items{}}), invalidRequest, "The collection MetricDataQueries must not be empty."},
		{"too many queries", lastMinutes(1, many...), invalidRequest, "The collection MetricDataQueries must not have a size greater than 500."},
		{"a range upside down", with(lastMinutes(1, m), object{"EndTime": 0}), invalidRequest, "The parameter StartTime must be less than the parameter EndTime."},
		{"ids that are none", lastMinutes(1, stat("M", "m", "Sum"), stat("2", "m", "Sum")), invalidRequest,
			"The value M for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.\n" +
				"The value 2 for parameter MetricDataQueries.member.2.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$."},
		{"an id twice", lastMinutes(1, m, m), invalidRequest, "The values for parameter id in MetricDataQueries are not unique."},
		{"neither metric nor expression", lastMinutes(1, object{"Id": "m"}), invalidRequest, "The parameter MetricDataQueries.member.1.MetricStat is required.\n"},
		{"both metric and expression", lastMinutes(1, stat("m", "m", "Sum", object{"Expression": "m"})), invalidRequest,
			"The parameters MetricDataQueries.member.1.MetricStat and MetricDataQueries.member.1.Expression are mutually exclusive and you have specified both."},
		{"a statistic that is none", lastMinutes(1, stat("m", "m", "Median")), invalidRequest,
			"The value Median for parameter MetricDataQueries.member.1.MetricStat.Stat is not a valid statistic."},
		{"an expression that is none", lastMinutes(1, m, object{"Id": "e", "Expression": "m +"}), invalidRequest,
			"Error in expression 'e': Invalid syntax at character 4: unexpected the end"},
		{"an unknown function", lastMinutes(1, m, object{"Id": "e", "Expression": "IFF(m)"}), invalidRequest, "Error in expression 'e': Function 'IFF' not found"},
		{"a search that is none", lastMinutes(1, object{"Id": "e", "Expression": "SEARCH('{', 'Sum', 60)"}), invalidRequest,
			"Invalid search: braces hold a namespace and the names of dimensions"},
		{"a search for a statistic that is none", lastMinutes(1, object{"Id": "e", "Expression": "SEARCH('x', 'Median', 60)"}), invalidRequest,
			"The value Median in a SEARCH is not a valid statistic."},
		{"a page of nothing", with(lastMinutes(1, m), object{"MaxDatapoints": 0}), invalidRequest, "The value 0 for parameter MaxDatapoints is not between 1 and 100800."},
		{"a token that is none", with(lastMinutes(1, m), object{"NextToken": "?"}), "InvalidNextToken", `The token "?" is not one that this operation gave out`},
		{"a zone that is none", with(lastMinutes(1, m), object{"LabelOptions": object{"Timezone": "CET"}}), invalidRequest,
			"The value CET for parameter LabelOptions.Timezone is no offset such as +0130."},
		{"a label that is too long", lastMinutes(1, stat("m", "m", "Sum", object{"Label": strings.Repeat("x", 1025)})), invalidRequest,
			"The parameter MetricDataQueries.member.1.Label has more than 1024 bytes."},
		{"a label of too many values", lastMinutes(1, stat("m", "m", "Sum", object{"Label": strings.Repeat("${AVG}", 21)})), invalidRequest,
			"The parameter MetricDataQueries.member.1.Label has more than 20 dynamic values."},
		{"too many lines", lastMinutes(1, m, object{"Id": "a", "Expression": "[" + strings.Repeat("m,", 999) + "m]", "ReturnData": false},
			object{"Id": "b", "Expression": "[a,a,a]"}, object{"Id": "c", "Expression": "[a,a,a]"}), "LimitExceededFault",
			"The result has more than 5000 time series: ask for fewer"},
		{"too much", with(lastMinutes(1, object{"Id": "e", "Expression": "TIME_SERIES(1)", "Period": 1}), object{"StartTime": 0}), "LimitExceededFault",
			"The expressions go over too many datapoints: ask for a shorter time, a longer period or fewer of them"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, message := d.refused("GetMetricData", tt.request)
			if !strings.HasSuffix(code, tt.code) || message != tt.message {
				t.Errorf("%s: %s, want %s: %s", code, message, tt.code, tt.message)
			}
		})
	}
}

func TestGetMetricDataOfAnyTime(t *testing.T) {
	d := newDesk(t)
	d.putValues("m", nil, 1)
	for _, span := range [][2]float64{{-62135596800, -62135596740}, {-62135596800, 253402300799}, {253402300000, 253402300799}} {
		ask := lastMinutes(1, stat("m", "m", "Sum"))
		ask["StartTime"], ask["EndTime"] = span[0], span[1]
		if got := results(d.must("GetMetricData", ask)); got != `m "m" []` && got != `m "m" [1]` {
			t.Errorf("from %v: %s", span, got)
		}
	}
}
