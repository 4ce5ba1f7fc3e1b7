package conformance

import (
	"encoding/base64"
	"testing"
)

func TestChecks(t *testing.T) {
	answer := tree(`{"n":2,"text":"b a","list":[1,2,3],"events":[{"m":"one"},{"m":"two"},{"m":"{\"k\":1}"}],"echo":"{ \"a\": 1 }"}`)
	answer.(map[string]any)["log"] = base64.StdEncoding.EncodeToString([]byte("START\nx 1\ny\nEND\n"))
	answers := []any{tree(`{"list":[3,2,1],"same":[1,2,3],"events":[{"m":"one"},{"m":"two"},{"m":"{\"k\":1}"}]}`)}
	for check, ok := range map[string]bool{
		`{"path":"n","equals":2}`:                                             true,
		`{"path":"n","equals":3}`:                                             false,
		`{"path":"missing","equals":null}`:                                    false,
		`{"path":"n","present":true}`:                                         true,
		`{"path":"n","present":false}`:                                        false,
		`{"path":"missing","present":false}`:                                  true,
		`{"path":"list","length":3}`:                                          true,
		`{"path":"list","length":2}`:                                          false,
		`{"path":"text","length":3}`:                                          true,
		`{"path":"list","min_length":3}`:                                      true,
		`{"path":"list","min_length":4}`:                                      false,
		`{"path":"list","sum":6}`:                                             true,
		`{"path":"list","sum":7}`:                                             false,
		`{"path":"list","same_as":"0.same"}`:                                  true,
		`{"path":"list","same_as":"0.list"}`:                                  false,
		`{"path":"events","key":"m","same_as":"0.events"}`:                    true,
		`{"path":"list","reverse_of":"0.list"}`:                               true,
		`{"path":"list","reverse_of":"0.same"}`:                               false,
		`{"path":"events","key":"m","some":"two"}`:                            true,
		`{"path":"events","key":"m","some":"three"}`:                          false,
		`{"path":"events","key":"m","some":{"k":1}}`:                          true,
		`{"path":"events","key":"m","each_contains":["o"]}`:                   false,
		`{"path":"events","each_contains":["m"]}`:                             true,
		`{"path":"events","key":"m","matching":"two","count":1}`:              true,
		`{"path":"events","key":"m","matching":"two","count":2}`:              false,
		`{"path":"list","in_order":[1,3]}`:                                    true,
		`{"path":"list","in_order":[3,1]}`:                                    false,
		`{"path":"log","log_lines":["START","x <id:1>","END"]}`:               true,
		`{"path":"log","log_lines":["END","START"]}`:                          false,
		`{"path":"text","log_lines":[]}`:                                      false,
		`{"path":"text","words":"a b"}`:                                       true,
		`{"path":"text","words":"a b b"}`:                                     false,
		`{"path":"echo","echo":true}`:                                         true,
		`{"path":"text","echo":true}`:                                         false,
		`{"path":"n","equals":2,"colour":"red"}`:                              true,
		`{"path":"n","colour":"red"}`:                                         false,
		`{"path":"events.2.m.k","equals":1}`:                                  true,
		`{"path":"events","key":"m","in_order":["one","<id:1>","{\"k\":1}"]}`: true,
	} {
		c := fresh()
		c.check("response", Check(tree(check).(map[string]any)), answer, answers, `{"a":1}`)
		if (len(c.found) == 0) != ok {
			t.Errorf("%s: %v, want satisfied %v", check, c.found, ok)
		}
	}
}
