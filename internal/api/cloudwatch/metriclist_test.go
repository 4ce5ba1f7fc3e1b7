package cloudwatch

import (
	"fmt"
	"strings"
	"testing"
)

// listed draws the metrics of an answer.
func listed(answer object) string {
	var drawn []string
	for _, each := range answer["Metrics"].([]any) {
		m := each.(map[string]any)
		line := fmt.Sprint(m["Namespace"], " ", m["MetricName"])
		for _, d := range m["Dimensions"].([]any) {
			line += fmt.Sprint(" ", d.(map[string]any)["Name"], "=", d.(map[string]any)["Value"])
		}
		drawn = append(drawn, line)
	}
	return strings.Join(drawn, "; ")
}

func TestListMetrics(t *testing.T) {
	d := newDesk(t)
	pair := func(name, value string) object { return object{"Name": name, "Value": value} }
	d.putValues("cpu", nil, 1)
	d.putValues("disk", items{pair("id", "one"), pair("az", "a")}, 1)
	d.putValues("disk", items{pair("id", "two")}, 1)
	d.putValues("disk", items{pair("id", "two")}, 2)
	for _, tt := range []struct {
		name, want string
		ask        object
	}{
		{"all, each once, dimensions by name", "n cpu; n disk az=a id=one; n disk id=two", object{}},
		{"of a name", "n cpu", object{"MetricName": "cpu"}},
		{"of another namespace", "", object{"Namespace": "other"}},
		{"with a dimension", "n disk az=a id=one; n disk id=two", object{"Dimensions": items{object{"Name": "id"}}}},
		{"with a dimension's value", "n disk id=two", object{"Dimensions": items{pair("id", "two")}}},
		{"with two dimensions", "n disk az=a id=one", object{"Dimensions": items{object{"Name": "id"}, pair("az", "a")}}},
		{"that had data lately", "n cpu; n disk az=a id=one; n disk id=two", object{"RecentlyActive": "PT3H"}},
		{"of the own account", "n cpu; n disk az=a id=one; n disk id=two", object{"OwningAccount": here.Account}},
		{"of another account", "", object{"OwningAccount": "999999999999"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := listed(d.must("ListMetrics", tt.ask)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	t.Run("with their accounts", func(t *testing.T) {
		owners := d.must("ListMetrics", object{"IncludeLinkedAccounts": true})["OwningAccounts"]
		if want := fmt.Sprint(items{here.Account, here.Account, here.Account}); fmt.Sprint(owners) != want {
			t.Errorf("owners %v, want %v", owners, want)
		}
	})
}

func TestListMetricsPages(t *testing.T) {
	d := newDesk(t)
	var data items
	for i := range metricPage + 1 {
		data = append(data, object{"MetricName": fmt.Sprint("m", i), "Value": 1})
	}
	d.put("PutMetricData", object{"Namespace": "n", "MetricData": data})
	first := d.must("ListMetrics", object{})
	second := d.must("ListMetrics", object{"NextToken": first["NextToken"]})
	if a, b := len(first["Metrics"].([]any)), len(second["Metrics"].([]any)); a != metricPage || b != 1 || second["NextToken"] != nil {
		t.Errorf("pages of %d and %d, then %v", a, b, second["NextToken"])
	}
	if code, _ := d.refused("ListMetrics", object{"NextToken": "%"}); !strings.HasSuffix(code, "InvalidNextToken") {
		t.Errorf("a token that is none is refused as %s", code)
	}
}
