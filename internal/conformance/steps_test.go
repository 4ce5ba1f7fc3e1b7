package conformance

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/client"
)

// scripted is a server that gives prepared answers in their order, the last one for ever.
type scripted struct {
	answers []scriptedAnswer
	got     []string // "region method path body"
}

type scriptedAnswer struct {
	status int
	code   string // of an error
	body   string
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	region := strings.Split(r.Header.Get("Authorization"), "/")[2]
	s.got = append(s.got, region+" "+r.Method+" "+r.URL.Path+" "+string(body))
	next := s.answers[0]
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	if next.code != "" {
		w.Header().Set("X-Amzn-Errortype", next.code)
	}
	w.WriteHeader(next.status)
	io.WriteString(w, next.body)
}

// run replays steps, written as JSON, on prepared answers.
func run(t *testing.T, ctx context.Context, steps string, answers ...scriptedAnswer) (found []string, got []string) {
	t.Helper()
	server := &scripted{answers: answers}
	front := httptest.NewServer(server)
	defer front.Close()
	r := &Recording{File: "x"}
	decoder := json.NewDecoder(strings.NewReader(steps))
	decoder.UseNumber()
	if err := decoder.Decode(&r.Steps); err != nil {
		t.Fatal(err)
	}
	for _, d := range Replay(ctx, r, &client.Client{URL: front.URL, Key: account.Key{ID: "AKIA", Secret: "s"}}, nil) {
		found = append(found, d.String())
	}
	return found, server.got
}

func TestReplayFinds(t *testing.T) {
	const call = `"operation":"GetAlias","params":{"FunctionName":"f","Name":"a"}`
	missing := scriptedAnswer{404, "ResourceNotFoundException", `{"Type":"User","Message":"m"}`}
	invalid := scriptedAnswer{400, "ValidationException", `{"message":"2 validation errors detected: Value 'b' at b; Value 'a' at a"}`}
	for name, tt := range map[string]struct {
		step   string
		answer scriptedAnswer
		found  []string
	}{
		"nothing":              {`"status":200,"response":{"Name":"a"}`, scriptedAnswer{200, "", `{"Name":"a"}`}, nil},
		"another status":       {`"status":201,"response":{"Name":"a"}`, scriptedAnswer{200, "", `{"Name":"a"}`}, []string{"status: AWS 201, here 200"}},
		"another answer":       {`"response":{"Name":"a"}`, scriptedAnswer{200, "", `{"Name":"b"}`}, []string{`response.Name: AWS "a", here "b"`}},
		"a part only":          {`"at":"RoutingConfig","response":{}`, scriptedAnswer{200, "", `{"Name":"b","RoutingConfig":{}}`}, nil},
		"only success":         {`"params":{"FunctionName":"f","Name":"a"}`, scriptedAnswer{200, "", `{"Name":"b"}`}, nil},
		"an error instead":     {`"response":{}`, missing, []string{`response: AWS success, here {"Error":{"Code":"ResourceNotFoundException","Message":"m"},"Message":"m","Type":"User"}`}},
		"a check":              {`"checks":[{"path":"Name","equals":"a"}]`, scriptedAnswer{200, "", `{"Name":"b"}`}, []string{`response.Name: AWS equals "a", here "b"`}},
		"no body":              {`"response":{}`, scriptedAnswer{200, "", `<`}, []string{`step: AWS an answer, here the answer's body is no JSON object: "<"`}},
		"an error as recorded": {`"status":404,"error":{"Error":{"Code":"ResourceNotFoundException","Message":"m"},"Message":"m","Type":"User"}`, missing, nil},
		"an error that says less": {`"status":404,"error":{"Error":{"Code":"ResourceNotFoundException","Message":"m"}}`, missing,
			[]string{`error.Message: AWS nothing, here "m"`, `error.Type: AWS nothing, here "User"`}},
		"an error without its body":  {`"error":{"Error":{"Code":"ResourceNotFoundException","Message":"m"}}`, missing, nil},
		"an error with another text": {`"error":{"Error":{"Code":"ResourceNotFoundException","Message":"n"}}`, missing, []string{`error.Error.Message: AWS "n", here "m"`}},
		"a code":                     {`"status":404,"error":{"Error":{"Code":"ResourceNotFoundException"}}`, missing, nil},
		"another code":               {`"status":404,"error":{"Error":{"Code":"X"}}`, missing, []string{`error.Error.Code: AWS "X", here "ResourceNotFoundException"`}},
		"any code":                   {`"error":{"Error":{"Code":"*"}}`, missing, nil},
		"success instead":            {`"error":{"Error":{"Code":"*"}}`, scriptedAnswer{200, "", `{}`}, []string{`error: AWS an error, here success with status 200`}},
		"a summary":                  {`"error_summary":{"Code":"ValidationException","Count":2,"Errors":["Value 'a' at a","Value 'b' at b"]}`, invalid, nil},
		"another number of constraints": {`"error_summary":{"Code":"ValidationException","Count":1,"Errors":["Value 'a' at a","Value 'b' at b"]}`, invalid,
			[]string{`error.Count: AWS 1, here 2`}},
		"another constraint": {`"error_summary":{"Code":"ValidationException","Count":2,"Errors":["Value 'a' at a","Value 'c' at c"]}`, invalid,
			[]string{`error.Errors: AWS in any order ["Value 'a' at a","Value 'c' at c"], here ["Value 'b' at b","Value 'a' at a"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			found, _ := run(t, t.Context(), `[{`+call+`,`+tt.step+`}]`, tt.answer)
			for i := range found {
				found[i] = strings.TrimPrefix(found[i], "x step 0: ")
			}
			if !slices.Equal(found, tt.found) {
				t.Errorf("found %q, want %q", found, tt.found)
			}
		})
	}
}

func TestReplay(t *testing.T) {
	alias := func(name string) scriptedAnswer { return scriptedAnswer{200, "", `{"Name":"` + name + `"}`} }
	const get = `"operation":"GetAlias","params":{"FunctionName":"f","Name":"a"}`
	t.Run("PutsEarlierAnswersIntoLaterSteps", func(t *testing.T) {
		_, got := run(t, t.Context(), `[{`+get+`},{"operation":"DeleteAlias","params":{"FunctionName":"f","Name":"${0.Name}"}}]`, alias("b"))
		if want := "us-east-1 DELETE /2015-03-31/functions/f/aliases/b "; got[1] != want {
			t.Errorf("sent %q, want %q", got[1], want)
		}
	})
	t.Run("SendsAStepToItsRegion", func(t *testing.T) {
		_, got := run(t, t.Context(), `[{`+get+`,"region":"eu-west-1"}]`, alias("b"))
		if !strings.HasPrefix(got[0], "eu-west-1 ") {
			t.Errorf("sent %q", got)
		}
	})
	t.Run("GoesOnAfterADeviation", func(t *testing.T) {
		found, _ := run(t, t.Context(), `[{`+get+`,"response":{}},{`+get+`,"response":{}}]`, alias("b"))
		if want := []string{`x step 0: response.Name: AWS nothing, here "b"`, `x step 1: response.Name: AWS nothing, here "b"`}; !slices.Equal(found, want) {
			t.Errorf("found %q, want %q", found, want)
		}
	})
	t.Run("RepeatsAStepUntilItIsEqual", func(t *testing.T) {
		found, got := run(t, t.Context(), `[{`+get+`,"retry":30,"response":{"Name":"c"}}]`, alias("a"), alias("b"), alias("c"))
		if found != nil || len(got) != 3 {
			t.Errorf("found %q after %d requests", found, len(got))
		}
	})
	t.Run("ForgetsWhatARepeatedStepBound", func(t *testing.T) {
		found, _ := run(t, t.Context(), `[{`+get+`,"retry":30,"response":{"Name":"<n>","Description":"<n>"}}]`,
			alias("a"), scriptedAnswer{200, "", `{"Name":"b","Description":"b"}`})
		if found != nil {
			t.Errorf("found %q", found)
		}
	})
	t.Run("RepeatsNoLongerThanItMay", func(t *testing.T) {
		found, _ := run(t, t.Context(), `[{`+get+`,"retry":0.1,"response":{"Name":"c"}}]`, alias("a"))
		if want := []string{`x step 0: response.Name: AWS "c", here "a"`}; !slices.Equal(found, want) {
			t.Errorf("found %q, want %q", found, want)
		}
	})
	t.Run("NamesWhatItDoesNotDo", func(t *testing.T) {
		for _, step := range []string{`"http":{}`, `"http":{"url":"no host"}`, `"paginate":true`, `"wait":"moon"`, `"service":"sqs","operation":"X"`} {
			if found, _ := run(t, t.Context(), `[{`+step+`}]`, alias("a")); len(found) != 1 {
				t.Errorf("%s: found %q, want one deviation", step, found)
			}
		}
	})
}

func TestWait(t *testing.T) {
	state := func(text string) scriptedAnswer {
		return scriptedAnswer{200, "", `{"Configuration":{"State":"` + text + `"}}`}
	}
	gone := scriptedAnswer{404, "ResourceNotFoundException", `{}`}
	const active = `{"wait":"function_active_v2","params":{"FunctionName":"f"}}`
	t.Run("UntilAState", func(t *testing.T) {
		found, got := run(t, t.Context(), `[`+active+`]`, state("Pending"), state("Pending"), state("Active"))
		if found != nil || len(got) != 3 {
			t.Errorf("found %q after %d requests", found, len(got))
		}
	})
	t.Run("UntilOneOfSeveralStatus", func(t *testing.T) {
		found, _ := run(t, t.Context(), `[{"wait":"status","operation":"GetFunction","params":{"FunctionName":"f"},
			"path":"Configuration.State","equals":["Active","ResourceNotFoundException"]}]`, state("Pending"), gone)
		if found != nil {
			t.Errorf("found %q", found)
		}
	})
	t.Run("NoLongerThanTheReplay", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		found, _ := run(t, ctx, `[`+active+`]`, state("Pending"))
		if len(found) != 1 || !strings.Contains(found[0], "Active") {
			t.Errorf("found %q", found)
		}
	})
}

func TestADeviationThatStaysIsNotWaitedFor(t *testing.T) {
	server := &scripted{answers: []scriptedAnswer{{status: 200, body: `{"Name":"b"}`}}}
	front := httptest.NewServer(server)
	defer front.Close()
	r := &Recording{File: "f", Steps: []Step{{Operation: "GetAlias", Params: map[string]any{"FunctionName": "f", "Name": "a"},
		Response: map[string]any{"Name": "a"}, Retry: true}}}
	found := Replay(t.Context(), r, &client.Client{URL: front.URL, Key: account.Key{ID: "AKIA", Secret: "s"}},
		func(step int, path string) bool { return step == 0 && path == "response.Name" })
	if len(found) != 1 || len(server.got) != 1 {
		t.Errorf("%v after %d requests", found, len(server.got))
	}
}
