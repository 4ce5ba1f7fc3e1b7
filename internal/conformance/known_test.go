package conformance_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// place is where an answer deviates.
type place struct {
	File string // of the recording
	Step int
	Path string
}

// known lists each deviation from the recordings that stays, with its reason. docs/aws-compatibility.md shows the list.
var known = []struct {
	place
	Reason string
}{
	{place{"cloudwatch/TestCloudwatch.test_set_alarm", 2, "response.MetricAlarms.0.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_set_alarm", 4, "response.MetricAlarms.0.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 7, "response.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 7, "response.OKActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 9, "response.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 9, "response.OKActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 11, "response.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 11, "response.OKActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 13, "response.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 13, "response.OKActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 16, "response.AlarmActions.0"}, otherTopic},
	{place{"cloudwatch/TestCloudwatch.test_trigger_composite_alarm", 16, "response.OKActions.0"}, otherTopic},
	{place{"apigateway/TestApigatewayIntegration.test_put_integration_request_parameter_bool_type", 2, "error.Error.Message"}, otherCase},
	{place{"apigateway/TestApigatewayIntegration.test_put_integration_request_parameter_bool_type", 2, "error.message"}, otherCase},
	{
		place{"lambda-runtime/TestLambdaURL.test_lambda_update_function_url_config", 2, "response.InvokeMode"},
		"the recording contradicts another: its step does not name the mode, which AWS then leaves out (test_lambda_url_echo_invoke--None)",
	},
	{
		place{"logs/TestCloudWatchLogsInsightsQueries.test_start_query_log_group_not_found", 0, "error.Error.Message"},
		"the message repeats the request's ID, which is the answer's own here too",
	},
}

// otherTopic is why the actions of alarms differ: the steps put one ARN, and the recordings show another.
const otherTopic = "the recording contradicts itself: its step puts the alarm with the topic that Sluice shows"

// otherCase is why a message differs: the recording was made with a key that is a boolean, which its step writes as a text.
const otherCase = "the step sends the name `True`, where AWS was sent `true`; the message repeats the name"

func TestTheDocumentShowsTheKnownDeviations(t *testing.T) {
	text, err := os.ReadFile("../../docs/aws-compatibility.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## In the recordings\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, table, found := strings.Cut(section, "|---|---|---|---|\n")
	if !found {
		t.Fatal("the document has no table of the deviations from the recordings")
	}
	var shown, want []string
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "|") {
			shown = append(shown, strings.TrimSpace(line))
		}
	}
	for _, k := range known {
		want = append(want, fmt.Sprintf("| %s | %d | `%s` | %s |", k.File, k.Step, k.Path, k.Reason))
	}
	if !slices.Equal(shown, want) {
		t.Errorf("the document shows\n%s\nand known is\n%s", strings.Join(shown, "\n"), strings.Join(want, "\n"))
	}
}
