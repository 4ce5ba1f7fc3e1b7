package wire_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// result is a reply to GetMetricData as each protocol's client reads it.
type result struct {
	ID     string
	Times  []time.Time
	Values []float64
}

func (r result) String() string {
	var at []int64
	for _, t := range r.Times {
		at = append(at, t.Round(time.Millisecond).UnixMilli())
	}
	return fmt.Sprint(r.ID, " ", at, " ", r.Values)
}

func readXML(t *testing.T, body []byte) string {
	t.Helper()
	var reply struct {
		XMLName xml.Name `xml:"http://monitoring.amazonaws.com/doc/2010-08-01/ GetMetricDataResponse"`
		ID      string   `xml:"GetMetricDataResult>MetricDataResults>member>Id"`
		Times   []string `xml:"GetMetricDataResult>MetricDataResults>member>Timestamps>member"`
		Values  []string `xml:"GetMetricDataResult>MetricDataResults>member>Values>member"`
		Request string   `xml:"ResponseMetadata>RequestId"`
	}
	if err := xml.Unmarshal(body, &reply); err != nil || len(reply.Request) != 36 {
		t.Fatalf("%s: %v", body, err)
	}
	r := result{ID: reply.ID}
	for _, text := range reply.Times {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Error(err)
		}
		r.Times = append(r.Times, at)
	}
	for _, text := range reply.Values {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Error(err)
		}
		r.Values = append(r.Values, f)
	}
	return r.String()
}

func readJSONReply(t *testing.T, body []byte) string {
	t.Helper()
	var reply struct {
		MetricDataResults []struct {
			ID         string `json:"Id"`
			Timestamps []float64
			Values     []any
		}
	}
	if err := json.Unmarshal(body, &reply); err != nil || len(reply.MetricDataResults) != 1 {
		t.Fatalf("%s: %v", body, err)
	}
	got := reply.MetricDataResults[0]
	r := result{ID: got.ID}
	for _, seconds := range got.Timestamps {
		r.Times = append(r.Times, time.UnixMilli(int64(math.Round(seconds*1000))))
	}
	for _, value := range got.Values {
		f, err := strconv.ParseFloat(fmt.Sprint(value), 64)
		if err != nil {
			t.Error(err)
		}
		r.Values = append(r.Values, f)
	}
	return r.String()
}

func readCBORReply(t *testing.T, body []byte) string {
	t.Helper()
	var reply struct {
		MetricDataResults []struct {
			ID         string `cbor:"Id"`
			Timestamps []time.Time
			Values     []float64
		}
	}
	if err := cbor.Unmarshal(body, &reply); err != nil || len(reply.MetricDataResults) != 1 {
		t.Fatalf("%x: %v", body, err)
	}
	got := reply.MetricDataResults[0]
	return result{got.ID, got.Timestamps, got.Values}.String()
}
