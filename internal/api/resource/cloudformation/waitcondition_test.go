package cloudformation_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/api/resource/resourcetest"
	"sluice/internal/stack"
)

// waiting is a handle and an order for its condition.
func (a *asked) waiting(t *testing.T, properties object) (url string, o *stack.Order) {
	t.Helper()
	handle := resourcetest.Order()
	handle.Type, handle.LogicalID, handle.Properties = "AWS::CloudFormation::WaitConditionHandle", "H", nil
	made, err := a.provider.Create(t.Context(), handle)
	if err != nil {
		t.Fatal(err)
	}
	o = resourcetest.Order()
	o.Type, o.LogicalID, o.PhysicalID, o.Properties = "AWS::CloudFormation::WaitCondition", "W", "app-W-1", with(object{"Handle": made.PhysicalID, "Timeout": "60"}, properties)
	return made.PhysicalID, o
}

func TestAWaitCondition(t *testing.T) {
	a := newAsked(1, nil)
	url, o := a.waiting(t, object{"Count": "2"})
	for _, signal := range []string{
		`{"Status":"SUCCESS","UniqueId":"a","Data":"first"}`, `{"Status":"SUCCESS","UniqueId":"a","Data":"second"}`,
		`{"Status":"SUCCESS","UniqueId":"b","Data":"other"}`,
	} {
		if status := send(a.signals, http.MethodPut, url, signal); status != http.StatusOK {
			t.Fatalf("the answer to %s is %d", signal, status)
		}
	}
	made, err := a.provider.Create(t.Context(), o)
	if err != nil || made.Attributes["Data"] != `{"a":"second","b":"other"}` {
		t.Errorf("got %+v, %v", made, err)
	}
	if made.PhysicalID != resourcetest.TheStack+"/H" {
		t.Errorf("the condition is %s, want its handle's ARN", made.PhysicalID)
	}
}

func TestAWaitConditionFails(t *testing.T) {
	for name, tt := range map[string]struct {
		properties     object
		signal, reason string
	}{
		"as a signal says":    {nil, `{"Status":"FAILURE","UniqueId":"a","Reason":"no luck"}`, "WaitCondition received failed message: 'no luck' for uniqueId: a"},
		"a foreign handle":    {object{"Handle": "https://example.com"}, "", "Handle must be the Ref of an AWS::CloudFormation::WaitConditionHandle"},
		"a timeout of a word": {object{"Timeout": "soon"}, "", "Invalid value for Timeout"},
		"13 hours":            {object{"Timeout": "46800"}, "", "Invalid value for Timeout"},
		"a negative count":    {object{"Count": "-1"}, "", "Invalid value for Count"},
		"no handle":           {object{"Handle": nil}, "", "Handle and Timeout are needed"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAsked(1, nil)
			url, o := a.waiting(t, tt.properties)
			send(a.signals, http.MethodPut, url, tt.signal)
			if _, err := a.provider.Create(t.Context(), o); err == nil || !strings.HasPrefix(err.Error(), tt.reason) {
				t.Errorf("the reason is %v, want %s", err, tt.reason)
			}
		})
	}
}

func TestAWaitConditionTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAsked(60, nil)
		url, o := a.waiting(t, object{"Count": "2", "Timeout": "120"})
		send(a.signals, http.MethodPut, url, `{"Status":"SUCCESS","UniqueId":"a"}`)
		began := time.Now()
		_, err := a.provider.Create(t.Context(), o)
		if err == nil || err.Error() != "WaitCondition timed out. Received 1 conditions when expecting 2" {
			t.Errorf("the reason is %v", err)
		}
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("after %v", took)
		}
	})
}

// good is a signal that counts.
const good = `{"Status":"SUCCESS","UniqueId":"a","Data":"1"}`

// What came before the server was killed counts after it.
func TestSignalsOutliveTheServer(t *testing.T) {
	signals := kept{}
	before := askedWith(signals, 1, nil)
	url, o := before.waiting(t, nil)
	send(before.signals, http.MethodPut, url, good)
	after := askedWith(signals, 1, nil)
	made, err := after.provider.Create(t.Context(), o)
	if err != nil || made.Attributes["Data"] != `{"a":"1"}` {
		t.Errorf("got %+v, %v", made, err)
	}
	handle := resourcetest.Order()
	handle.Type, handle.PhysicalID = "AWS::CloudFormation::WaitConditionHandle", url
	if err := after.provider.Delete(t.Context(), handle); err != nil || len(signals) > 0 {
		t.Errorf("deletion: %v; what is left is %q", err, signals)
	}
}
