package logs

import "testing"

func transformation(more object) list {
	all := object{"metricName": "Lost", "metricNamespace": "Shop:orders", "metricValue": "1"}
	for name, value := range more {
		all[name] = value
	}
	return list{all}
}

func TestMetricFiltersInWholeReplies(t *testing.T) {
	tr := transcript{desk: newDesk(t)}
	tr.groupOf("g")
	tr.ask("put", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "lost", "filterPattern": `{ $.kind = "lost" }`,
		"metricTransformations": transformation(object{"defaultValue": 0, "unit": "Count"}),
	})
	tr.ask("put with dimensions", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "slow", "filterPattern": "[id, ms > 100]", "fieldSelectionCriteria": "@aws.region = x",
		"metricTransformations": transformation(object{"metricValue": "$ms", "dimensions": object{"Id": "$id"}}),
	})
	tr.ask("put nowhere", "PutMetricFilter", object{
		"logGroupName": "gone", "filterName": "lost", "filterPattern": "x", "metricTransformations": transformation(nil),
	})
	tr.ask("put a broken pattern", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "x", "filterPattern": "a:b", "metricTransformations": transformation(nil),
	})
	tr.ask("put no transformation", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "x", "filterPattern": "x", "metricTransformations": list{},
	})
	tr.ask("put a wrong name", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "x", "filterPattern": "x",
		"metricTransformations": transformation(object{"metricName": "a:b"}),
	})
	tr.ask("put a wrong namespace", "PutMetricFilter", object{
		"logGroupName": "g", "filterName": "x", "filterPattern": "x",
		"metricTransformations": transformation(object{"metricNamespace": "a:b*"}),
	})
	tr.ask("describe a wrong namespace", "DescribeMetricFilters", object{"metricName": "Lost", "metricNamespace": "$"})
	tr.ask("describe", "DescribeMetricFilters", object{"metricName": "Lost", "metricNamespace": "Shop:orders"})
	tr.ask("describe the group", "DescribeLogGroups", object{})
	tr.ask("delete", "DeleteMetricFilter", object{"logGroupName": "g", "filterName": "slow"})
	tr.ask("delete again", "DeleteMetricFilter", object{"logGroupName": "g", "filterName": "slow"})
	tr.ask("describe the rest", "DescribeMetricFilters", object{"logGroupName": "g"})
	compareGolden(t, "filters", tr.text.Bytes())
}

func TestTestMetricFilter(t *testing.T) {
	tr := transcript{desk: newDesk(t)}
	tr.ask("JSON", "TestMetricFilter", object{
		"filterPattern": "{ $.ms > 100 && $.path = /api/* }", "logEventMessages": list{
			`{"ms": 101.5, "path": "/api/x"}`, `{"ms": 99, "path": "/api/y"}`, "101 /api/z",
		},
	})
	tr.ask("columns", "TestMetricFilter", object{
		"filterPattern": "[..., bytes]", "logEventMessages": list{`127.0.0.1 - [now or never] "GET /" 200 1534`},
	})
	tr.ask("terms", "TestMetricFilter", object{"filterPattern": "lost -found", "logEventMessages": list{"lost and found", "lost"}})
	tr.ask("nothing", "TestMetricFilter", object{"filterPattern": "lost", "logEventMessages": list{"x"}})
	tr.ask("a mistake", "TestMetricFilter", object{"filterPattern": "lost-found", "logEventMessages": list{"x"}})
	compareGolden(t, "patterns", tr.text.Bytes())
}
