package wire_test

import (
	"bufio"
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
)

var fuzzed = []*shape.Model{&lambda.Model, &codedeploy.Model, &cloudwatch.Model, &logs.Model}

// decoder is a server that decodes the request of every operation, and answers with nothing.
func decoder() *wire.Server {
	var services []*wire.Service
	for _, model := range fuzzed {
		s := wire.NewService(model)
		for _, op := range model.Operations {
			wire.HandleRaw(s, op.Name, func(w http.ResponseWriter, r *wire.Request) error {
				if op.Input == nil {
					return nil
				}
				return r.Decode(reflect.New(reflect.TypeOf(op.Input).Elem()).Interface())
			})
		}
		services = append(services, s)
	}
	return wire.NewServer(wire.Config{
		Keys: keys{}, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return signedAt },
	}, services...)
}

// FuzzOperations sends bodies, labels and query strings of any content to every operation, in each protocol of its service.
func FuzzOperations(f *testing.F) {
	server := decoder()
	for i, seed := range []string{
		`{"FunctionName":"f","Runtime":"python3.12","Code":{"ZipFile":"UEs="},"Environment":{"Variables":{"a":"b"}},"Tags":{}}`,
		`{"applicationName":"a","deploymentGroupName":"g","revision":{"revisionType":"AppSpecContent","appSpecContent":{"content":"version: 0.0"}}}`,
		`Namespace=n&MetricData.member.1.MetricName=m&MetricData.member.1.Value=1e3&MetricData.member.1.Dimensions.member.2.Name=d`,
		"\xa2\x69Namespace\x61n\x6aMetricData\x81\xa2\x6aMetricName\x61m\x65Value\xfb\x40\x59\x00\x00\x00\x00\x00\x00",
		`{"logGroupName":"/g","logEvents":[{"timestamp":1,"message":"m"}]}`,
	} {
		f.Add(byte(i), uint16(i), byte(i), "label", "Qualifier=1&MaxItems=x", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, service byte, operation uint16, protocol byte, label, query string, body []byte) {
		model := fuzzed[int(service)%len(fuzzed)]
		op := model.Operations[int(operation)%len(model.Operations)]
		a := asking(model, op, model.Protocols[int(protocol)%len(model.Protocols)], label, query, body)
		if _, err := http.NewRequest("GET", "http://localhost"+a.path, nil); err != nil {
			return // no client could send it
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, a.request(t))
		if w.Code >= 500 {
			t.Errorf("%s.%s in %s answers %d: %s", model.Name, op.Name, model.Protocols, w.Code, w.Body)
		}
	})
}

// asking is a request for an operation in a protocol. Its path has the label for each that the template has.
func asking(model *shape.Model, op shape.Operation, protocol shape.Protocol, label, query string, body []byte) ask {
	a := ask{method: "POST", path: "/", service: model.SigningName, body: string(body)}
	switch protocol {
	case shape.AWSJSON:
		a.header = map[string]string{"X-Amz-Target": model.TargetPrefix + "." + op.Name, "Content-Type": "application/x-amz-json-1.1"}
	case shape.CBOR:
		a = smithy(model.SigningName, model.TargetPrefix, op.Name, a.body)
	case shape.Query:
		a = form(model.SigningName, "Action="+op.Name+"&Version="+model.Version+"&"+a.body)
	default:
		a.method, a.header = op.Method, map[string]string{"Content-Type": "application/json"}
		a.path = ""
		path, fixed, _ := strings.Cut(op.Path, "?")
		for part := range strings.SplitSeq(path, "{") {
			if _, rest, isLabel := strings.Cut(part, "}"); isLabel {
				part = strings.NewReplacer("/", "%2F", "?", "%3F", "#", "%23", " ", "%20").Replace(label) + rest
			}
			a.path += part
		}
		a.path += "?" + fixed + "&" + query
	}
	return a
}

// FuzzRequests sends what is a request at all, whatever else it is.
func FuzzRequests(f *testing.F) {
	server := decoder()
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: Logs_20140328.PutLogEvents\r\nContent-Length: 2\r\n\r\n{}",
		"GET /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20260301%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T120000Z" +
			"&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00 HTTP/1.1\r\nHost: x\r\n\r\n",
		"PUT /b/k HTTP/1.1\r\nHost: x\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n" +
			"X-Amz-Date: 20260301T120000Z\r\nX-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nContent-Encoding: aws-chunked\r\nContent-Length: 9\r\n\r\n3\r\nabc\r\n0",
		"POST /service/GraniteServiceVersion20100801/operation/PutMetricData HTTP/1.1\r\nHost: x\r\nSmithy-Protocol: rpc-v2-cbor\r\nContent-Encoding: gzip\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
		if err != nil {
			return // net/http refuses it
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, request)
		if w.Code >= 500 {
			t.Errorf("%q answers %d: %s", raw, w.Code, w.Body)
		}
	})
}
