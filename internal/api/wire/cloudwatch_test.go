package wire_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
)

// cloudwatchService speaks three protocols, so it shows that a handler need not know which.
func cloudwatchService() *wire.Service {
	s := wire.NewService(&cloudwatch.Model)
	wire.Handle(s, "DescribeAlarms", func(_ context.Context, _ *wire.Request, in *cloudwatch.DescribeAlarmsInput) (*cloudwatch.DescribeAlarmsOutput, error) {
		out := &cloudwatch.DescribeAlarmsOutput{MetricAlarms: []cloudwatch.MetricAlarm{}}
		for _, name := range in.AlarmNames {
			out.MetricAlarms = append(out.MetricAlarms, cloudwatch.MetricAlarm{
				AlarmName: &name, Threshold: new(30.0), Period: new(int64(60)), ActionsEnabled: new(true), OKActions: []string{},
				AlarmActions: []string{"arn:1", "arn:<&>"}, StateUpdatedTimestamp: shape.At(signedAt.Add(1234 * time.Millisecond)),
				Dimensions: []cloudwatch.Dimension{{Name: new("d"), Value: new("é\x01")}},
			})
		}
		return out, nil
	})
	wire.Handle(s, "DeleteAlarms", func(context.Context, *wire.Request, *cloudwatch.DeleteAlarmsInput) (*shape.Nothing, error) {
		return nil, nil
	})
	wire.Handle(s, "SetAlarmState", func(context.Context, *wire.Request, *cloudwatch.SetAlarmStateInput) (*shape.Nothing, error) {
		return nil, &wire.Error{Code: "x.y#ResourceNotFound", QueryCode: "ResourceNotFound", Status: 404}
	})
	wire.Handle(s, "GetMetricData", repeatQueries)
	return s
}

// repeatQueries answers with what it understood.
func repeatQueries(_ context.Context, _ *wire.Request, in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
	out := &cloudwatch.GetMetricDataOutput{}
	for _, q := range in.MetricDataQueries {
		out.MetricDataResults = append(out.MetricDataResults, cloudwatch.MetricDataResult{
			Id: q.Id, Timestamps: []shape.Timestamp{*in.StartTime, *in.EndTime},
			Values: []float64{0.1, -1e300, math.NaN(), math.Inf(1), math.Inf(-1), float64(*q.MetricStat.Period)},
		})
	}
	return out, nil
}

const wanted = `m1 [1772362800000 1772362860500] [0.1 -1e+300 NaN +Inf -Inf 60]`

func TestTheThreeProtocolsCarryTimesAndDoubles(t *testing.T) {
	query := "Action=GetMetricData&Version=2010-08-01&StartTime=2026-03-01T11:00:00Z&EndTime=2026-03-01T11:01:00.5Z" +
		"&MetricDataQueries.member.1.Id=m1&MetricDataQueries.member.1.MetricStat.Stat=Sum&MetricDataQueries.member.1.MetricStat.Period=60" +
		"&MetricDataQueries.member.1.MetricStat.Metric.Namespace=n&MetricDataQueries.member.1.MetricStat.Metric.MetricName=m"
	tree := map[string]any{"MetricDataQueries": []any{map[string]any{"Id": "m1", "MetricStat": map[string]any{
		"Stat": "Sum", "Period": 60, "Metric": map[string]any{"Namespace": "n", "MetricName": "m"}}}}}
	asJSON := mustJSON(t, tree, 1772362800, 1772362860.5)
	asCBOR := mustCBOR(t, tree)
	for name, tt := range map[string]struct {
		ask  ask
		read func(*testing.T, []byte) string
	}{
		"query": {form("monitoring", query), readXML},
		"json":  {monitoring("GetMetricData", asJSON), readJSONReply},
		"cbor":  {smithy("monitoring", "GraniteServiceVersion20100801", "GetMetricData", asCBOR), readCBORReply},
	} {
		t.Run(name, func(t *testing.T) {
			w := newFixture().do(t, tt.ask)
			if got := tt.read(t, w.Body.Bytes()); w.Code != 200 || got != wanted {
				t.Errorf("%d, %s, want %s; %s", w.Code, got, wanted, w.Body)
			}
		})
	}
}

// monitoring is a request to CloudWatch in awsJson 1.0.
func monitoring(operation, body string) ask {
	return ask{method: "POST", path: "/", service: "monitoring", body: body, header: map[string]string{
		"X-Amz-Target": "GraniteServiceVersion20100801." + operation, "Content-Type": "application/x-amz-json-1.0",
	}}
}

func zipped(t *testing.T, a ask) ask {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(a.body)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	a.body = b.String()
	a.header["Content-Encoding"] = "gzip"
	return a
}

// The signature of a packed body is over what is sent: do signs the bytes of the body that it gets.
func TestAPackedBodyIsReadInEachProtocol(t *testing.T) {
	body, err := cbor.Marshal(map[string]any{"AlarmNames": []string{"one"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]ask{
		"query": form("monitoring", describing+"&AlarmNames.member.1=one"),
		"json":  monitoring("DescribeAlarms", `{"AlarmNames":["one"]}`),
		"cbor":  smithy("monitoring", "GraniteServiceVersion20100801", "DescribeAlarms", string(body)),
	} {
		t.Run(name, func(t *testing.T) {
			if w := newFixture().do(t, zipped(t, a)); w.Code != 200 || !strings.Contains(w.Body.String(), "one") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
}

func TestAPackedBodyIsRefused(t *testing.T) {
	long := monitoring("DescribeAlarms", `{"AlarmNames":["`+strings.Repeat("a", 7<<20)+`"]}`)
	broken := zipped(t, monitoring("DescribeAlarms", `{"AlarmNames":["one"]}`))
	broken.body = broken.body[:len(broken.body)-6]
	none := monitoring("DescribeAlarms", `{"AlarmNames":["one"]}`)
	none.header["Content-Encoding"] = "gzip"
	for name, tt := range map[string]struct {
		ask    ask
		status int
	}{
		"for its length unpacked": {zipped(t, long), 413},
		"for an end that misses":  {broken, 400},
		"if it is not packed":     {none, 400},
		"for its signature": {altered(zipped(t, monitoring("DescribeAlarms", "{}")), func(r *http.Request) {
			r.Header.Set("X-Amz-Date", "20260301T120001Z")
		}), 400},
	} {
		t.Run(name, func(t *testing.T) {
			if w := newFixture().do(t, tt.ask); w.Code != tt.status {
				t.Errorf("%d %s, want %d", w.Code, w.Body, tt.status)
			}
		})
	}
}

func TestAFunctionGetsAPackedPayloadAsItIs(t *testing.T) {
	a := ask{method: "POST", path: things + "/f/invocations", body: "\x1f\x8bnot touched", header: map[string]string{"Content-Encoding": "gzip"}}
	if w := newFixture().do(t, a); w.Body.String() != a.body {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func mustJSON(t *testing.T, tree map[string]any, from, to float64) string {
	t.Helper()
	tree["StartTime"], tree["EndTime"] = from, to
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// mustCBOR writes one time as a whole number and one as a double, both with tag 1, as SDKs do.
func mustCBOR(t *testing.T, tree map[string]any) string {
	t.Helper()
	tree["StartTime"] = cbor.Tag{Number: 1, Content: 1772362800}
	tree["EndTime"] = cbor.Tag{Number: 1, Content: 1772362860.5}
	text, err := cbor.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
