package restapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func TestTags(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "k"})
	must(t, err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p"})
	must(t, err)
	for _, arn := range []string{arnOf(a.ID), arnOf(a.ID) + "/stages/dev", "arn:aws:apigateway:eu-west-1::/apikeys/" + k.ID, "arn:aws:apigateway:eu-west-1::/usageplans/" + p.ID} {
		t.Run(arn, func(t *testing.T) {
			must(t, s.ChangeTags(t.Context(), scope, arn, map[string]string{"a": "1", "b": "2"}, nil))
			must(t, s.ChangeTags(t.Context(), scope, arn, map[string]string{"b": "3", "c": "4"}, []string{"a", "none"}))
			tags, err := s.Tags(t.Context(), scope, arn)
			must(t, err)
			wantText(t, fmt.Sprint(tags), "map[b:3 c:4]")
			many := map[string]string{}
			for i := range 49 {
				many[fmt.Sprint(i)] = ""
			}
			wantFault(t, s.ChangeTags(t.Context(), scope, arn, many, nil), fault.Invalid, "The number of tags exceeds the limit of 50")
		})
	}
}

func TestTagsOfWhatIsNotThere(t *testing.T) {
	s, _ := newService(t)
	begin := "arn:aws:apigateway:eu-west-1::"
	gone, bad := "not found: Invalid resource ARN specified", "invalid: Invalid ARN specified in the request: "
	for arn, want := range map[string]string{
		begin + "/restapis/none": gone, begin + "/restapis/none/stages/dev": gone, begin + "/apikeys/none": gone, begin + "/usageplans/none": gone,
		begin + "/restapis": bad, begin + "/restapis/a/b": bad, begin + "/apikeys/a/b": bad, begin + "/domains/a": bad, "": bad,
		"arn:aws:apigateway:us-east-1::/restapis/none": bad, "arn:aws:lambda:eu-west-1:123456789012:function:f": bad,
	} {
		t.Run(arn, func(t *testing.T) {
			if want == bad {
				want += arn
			}
			for _, err := range []error{failed(s.Tags(t.Context(), scope, arn)), s.ChangeTags(t.Context(), scope, arn, nil, nil)} {
				wantText(t, fault.Of(err).Kind.String()+": "+err.Error(), want)
			}
		})
	}
}

func TestRefusalsOfKeysAndPlans(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	k, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "k"})
	must(t, err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p"})
	must(t, err)
	must(t, failed(s.AddKey(t.Context(), scope, p.ID, k.ID)))
	key := func(k restapi.APIKey) error { k.Scope = scope; return failed(s.CreateKey(t.Context(), k)) }
	plan := func(p restapi.UsagePlan) error { p.Scope = scope; return failed(s.CreatePlan(t.Context(), p)) }
	usage := func(from, to string) error {
		begin, _ := time.Parse(time.DateOnly, from)
		end, _ := time.Parse(time.DateOnly, to)
		return failed(s.Usage(t.Context(), scope, p.ID, "", begin, end))
	}
	const quota = "invalid: Usage Plan quota must have a positive limit, and a period of DAY, WEEK or MONTH"
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"a short key":          {key(restapi.APIKey{Value: value[1:]}), "invalid: API Key value should be at least 20 characters"},
		"a long key":           {key(restapi.APIKey{Value: fmt.Sprintf("%0129d", 1)}), "invalid: API Key value exceeds maximum size of 128 characters"},
		"a key of a long name": {key(restapi.APIKey{Name: strings.Repeat("a", 1025)}), "invalid: Invalid API Key name, can be at most 1024 characters."},
		"a key described long": {key(restapi.APIKey{Description: strings.Repeat("a", 125_001)}), "invalid: Invalid API Key description specified."},
		"a nameless plan":      {plan(restapi.UsagePlan{}), "invalid: Usage Plan name cannot be blank"},
		"a negative quota":     {plan(restapi.UsagePlan{Name: "q", Quota: &restapi.Quota{Limit: -1, Period: "DAY"}}), quota},
		"a quota of no period": {plan(restapi.UsagePlan{Name: "q", Quota: &restapi.Quota{Limit: 1}}), quota},
		"half a stage":         {plan(restapi.UsagePlan{Name: "q", Stages: []restapi.PlanStage{{API: a.ID.API}}}), "invalid: Invalid API Stage specified"},
		"no such stage":        {plan(restapi.UsagePlan{Name: "q", Stages: []restapi.PlanStage{{API: a.ID.API, Stage: "dev"}}}), "not found: Invalid API Stage {api: " + a.ID.API + ", stage: dev} specified for usageplan ..."},
		"a key twice":          {failed(s.AddKey(t.Context(), scope, p.ID, k.ID)), "conflict: " + k.ID + " already exists for this usage plan"},
		"no such key":          {failed(s.AddKey(t.Context(), scope, p.ID, "none")), "not found: Invalid API Key identifier specified"},
		"taking no such key":   {s.RemoveKey(t.Context(), scope, p.ID, "none"), "not found: Invalid API Key identifier specified"},
		"days backwards":       {usage("2024-01-02", "2024-01-01"), "invalid: Invalid date range specified: at most 90 days, from 2024-01-02 to 2024-01-01"},
		"too many days":        {usage("2024-01-01", "2024-04-01"), "invalid: Invalid date range specified: at most 90 days, from 2024-01-01 to 2024-04-01"},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.err == nil {
				t.Fatal("it is not refused")
			}
			wantText(t, fault.Of(tt.err).Kind.String()+": "+tt.err.Error(), tt.want)
		})
	}
	must(t, usage("2024-01-01", "2024-03-31"))
}

func TestWhichKeysAndPlansAreListed(t *testing.T) {
	s, _ := newService(t)
	first, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "one", Customer: "c"})
	must(t, err)
	second, err := s.CreateKey(t.Context(), restapi.APIKey{Scope: scope, Name: "other"})
	must(t, err)
	p, err := s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "p"})
	must(t, err)
	must(t, failed(s.CreatePlan(t.Context(), restapi.UsagePlan{Scope: scope, Name: "q"})))
	must(t, failed(s.AddKey(t.Context(), scope, p.ID, first.ID)))
	must(t, failed(s.AddKey(t.Context(), scope, p.ID, second.ID)))
	for filter, want := range map[restapi.KeyFilter]int{{}: 2, {Prefix: "o"}: 2, {Prefix: "on"}: 1, {Customer: "c"}: 1, {Prefix: "x"}: 0, {Prefix: "other", Customer: "c"}: 0} {
		if found, err := s.Keys(t.Context(), scope, filter); err != nil || len(found) != want {
			t.Errorf("%+v: %d keys, want %d; %v", filter, len(found), want, err)
		}
	}
	newest, err := s.Keys(t.Context(), scope, restapi.KeyFilter{})
	must(t, err)
	ofPlan, err := s.PlanKeys(t.Context(), scope, p.ID, "")
	must(t, err)
	if newest[0].ID != second.ID || ofPlan[0].ID != second.ID {
		t.Errorf("the first key is %s, the plan's %s, want the newest, %s", newest[0].ID, ofPlan[0].ID, second.ID)
	}
	for prefix, want := range map[string]int{"": 2, "one": 1, "x": 0} {
		if found, err := s.PlanKeys(t.Context(), scope, p.ID, prefix); err != nil || len(found) != want {
			t.Errorf("the plan's keys %q: %d, want %d; %v", prefix, len(found), want, err)
		}
	}
	for key, want := range map[string]int{"": 2, first.ID: 1, "none": 0} {
		if found, err := s.Plans(t.Context(), scope, key); err != nil || len(found) != want {
			t.Errorf("plans with %q: %d, want %d; %v", key, len(found), want, err)
		}
	}
	must(t, s.DeleteKey(t.Context(), scope, first.ID))
	if now, err := s.Plan(t.Context(), scope, p.ID); err != nil || fmt.Sprint(now.Keys) != fmt.Sprint([]string{second.ID}) {
		t.Errorf("the plan has %+v, %v", now, err)
	}
}

func arnOf(id restapi.ID) string { return "arn:aws:apigateway:" + id.Region + "::/restapis/" + id.API }
