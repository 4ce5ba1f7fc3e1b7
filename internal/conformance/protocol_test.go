package conformance

import (
	"net/http"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"sluice/internal/api/shape"
)

const statistics = `{"Namespace":"n","Dimensions":[{"Name":"d","Value":"v"}],"StartTime":{"now":0},"Period":60,"Statistics":[]}`

func newTestCall(t *testing.T, service, operation, protocol, params string) *call {
	t.Helper()
	p := &parameters{}
	p.started = p.started.AddDate(1969, 0, 0).UTC() // the epoch
	resolved, err := p.members(tree(params).(map[string]any))
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCall(service, operation, protocol, resolved)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestARecordingChoosesTheProtocol(t *testing.T) {
	for name, tt := range map[string]struct {
		service, asked string
		want           shape.Protocol
	}{
		"as asked":                     {"cloudwatch", "smithy-rpc-v2-cbor", shape.CBOR},
		"the usual":                    {"cloudwatch", "", shape.AWSJSON},
		"one that is not spoken":       {"lambda", "query", shape.RestJSON},
		"one that nobody speaks":       {"cloudwatch", "morse", shape.AWSJSON},
		"the query protocol, if asked": {"cloudwatch", "query", shape.Query},
	} {
		t.Run(name, func(t *testing.T) {
			operation := models[tt.service].Operations[0].Name
			if c := newTestCall(t, tt.service, operation, tt.asked, "{}"); c.protocol != tt.want {
				t.Errorf("speaks %s, want %s", c.protocol, tt.want)
			}
		})
	}
}

func TestAFormIsWritten(t *testing.T) {
	m, err := newTestCall(t, "cloudwatch", "GetMetricStatistics", "query", statistics).message()
	want := "Action=GetMetricStatistics&Dimensions.member.1.Name=d&Dimensions.member.1.Value=v&Namespace=n&Period=60" +
		"&StartTime=1970-01-01T00%3A00%3A00Z&Statistics=&Version=2010-08-01"
	if err != nil || string(m.body) != want || m.path != "/" || m.header.Get("Content-Type") == "" {
		t.Errorf("%+v, %v\n%s\nwant\n%s", m, err, m.body, want)
	}
}

func TestCBORIsWrittenByTheTypesOfTheModel(t *testing.T) {
	m, err := newTestCall(t, "cloudwatch", "PutMetricData", "smithy-rpc-v2-cbor",
		`{"Namespace":"n","MetricData":[{"Value":1,"StorageResolution":1,"Timestamp":{"now":0}}]}`).message()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := cbor.Unmarshal(m.body, &got); err != nil {
		t.Fatal(err)
	}
	datum := got["MetricData"].([]any)[0].(map[any]any)
	if datum["Value"] != 1.0 || datum["StorageResolution"] != uint64(1) {
		t.Errorf("wrote %v", datum)
	}
	if m.path != "/service/GraniteServiceVersion20100801/operation/PutMetricData" || m.header.Get("Smithy-Protocol") != "rpc-v2-cbor" {
		t.Errorf("sent to %s with %v", m.path, m.header)
	}
}

func TestRepliesAreReadAlike(t *testing.T) {
	const want = `{"Datapoints":[{"Sum":0.5,"Timestamp":"1970-01-01T00:00:00Z"}],"Label":"l"}`
	const head = `<GetMetricStatisticsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricStatisticsResult>`
	const foot = `</GetMetricStatisticsResult><ResponseMetadata/></GetMetricStatisticsResponse>`
	body, err := cbor.Marshal(map[string]any{"Label": "l", "Datapoints": []any{map[string]any{"Sum": 0.5, "Timestamp": cbor.Tag{Number: 1, Content: 0}}}})
	if err != nil {
		t.Fatal(err)
	}
	for protocol, tt := range map[string]struct{ body, want string }{
		"query":              {head + `<Label>l</Label><Datapoints><member><Sum>0.5</Sum><Timestamp>1970-01-01T00:00:00Z</Timestamp></member></Datapoints>` + foot, want},
		"json":               {`{"Label":"l","Datapoints":[{"Sum":0.5,"Timestamp":0}]}`, `{"Datapoints":[{"Sum":0.5,"Timestamp":0}],"Label":"l"}`},
		"smithy-rpc-v2-cbor": {string(body), `{"Datapoints":[{"Sum":0.5,"Timestamp":0}],"Label":"l"}`},
	} {
		t.Run(protocol, func(t *testing.T) {
			a, err := newTestCall(t, "cloudwatch", "GetMetricStatistics", protocol, "{}").read(respond(200, nil, tt.body))
			if err != nil || show(a.body) != tt.want {
				t.Errorf("read %s, %v; want %s", show(a.body), err, tt.want)
			}
		})
	}
}

func TestXMLReplies(t *testing.T) {
	const space = ` xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"`
	for name, tt := range map[string]struct{ operation, body, want string }{
		"empty lists": {"DescribeAlarms", `<DescribeAlarmsResponse` + space + `><DescribeAlarmsResult><MetricAlarms/></DescribeAlarmsResult></DescribeAlarmsResponse>`,
			`{"MetricAlarms":[]}`},
		"booleans and texts": {"DescribeAlarms", `<DescribeAlarmsResponse` + space + `><DescribeAlarmsResult><MetricAlarms><member>` +
			`<ActionsEnabled>false</ActionsEnabled><AlarmName>1</AlarmName></member></MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>`,
			`{"MetricAlarms":[{"ActionsEnabled":false,"AlarmName":"1"}]}`},
		"no output":      {"DeleteAlarms", `<DeleteAlarmsResponse` + space + `><ResponseMetadata/></DeleteAlarmsResponse>`, `{}`},
		"an unknown one": {"DescribeAlarms", `<DescribeAlarmsResponse` + space + `><DescribeAlarmsResult><Odd>x</Odd></DescribeAlarmsResult></DescribeAlarmsResponse>`, `{"Odd":"x"}`},
		"no namespace":   {"DeleteAlarms", `<DeleteAlarmsResponse/>`, ""},
		"another reply":  {"DeleteAlarms", `<DescribeAlarmsResponse` + space + `/>`, ""},
		"no result":      {"DescribeAlarms", `<DescribeAlarmsResponse` + space + `/>`, ""},
		"no XML":         {"DescribeAlarms", `{}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := newTestCall(t, "cloudwatch", tt.operation, "query", "{}").read(respond(200, nil, tt.body))
			if tt.want == "" {
				if err == nil {
					t.Errorf("read %s", show(a.body))
				}
				return
			}
			if err != nil || show(a.body) != tt.want {
				t.Errorf("read %s, %v; want %s", show(a.body), err, tt.want)
			}
		})
	}
}

func TestErrorsAreReadInEachProtocol(t *testing.T) {
	header := http.Header{"X-Amzn-Query-Error": {"ValidationError;Sender"}}
	coded, err := cbor.Marshal(map[string]any{"__type": "x#ValidationException", "message": "m"})
	if err != nil {
		t.Fatal(err)
	}
	const newer = `{"Error":{"Code":"ValidationError","Message":"m","QueryErrorCode":"ValidationException","Type":"Sender"}}`
	for protocol, tt := range map[string]struct {
		header     http.Header
		body, want string
	}{
		"json":               {header, `{"__type":"x#ValidationException","message":"m"}`, newer},
		"smithy-rpc-v2-cbor": {header, string(coded), newer},
		"query": {nil, `<ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>m</Message></Error></ErrorResponse>`,
			`{"Error":{"Code":"ValidationError","Message":"m","Type":"Sender"}}`},
	} {
		t.Run(protocol, func(t *testing.T) {
			a, err := newTestCall(t, "cloudwatch", "DescribeAlarms", protocol, "{}").read(respond(400, tt.header, tt.body))
			if err != nil || show(a.failed) != tt.want {
				t.Errorf("read %s, %v; want %s", show(a.failed), err, tt.want)
			}
		})
	}
}
