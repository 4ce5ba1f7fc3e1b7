package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
)

var within = wire.Origin{Account: account, Region: "eu-west-1", Caller: wire.Caller{ARN: "arn:aws:iam::" + account + ":root"}}

func TestCallAnswersAsAClientIsAnswered(t *testing.T) {
	f := newFixture()
	var seen *lambda.CreateAliasRequest
	wire.Handle(f.lambda, "CreateAlias", func(_ context.Context, r *wire.Request, in *lambda.CreateAliasRequest) (*lambda.AliasConfiguration, error) {
		if r.Account != account || r.Region != "eu-west-1" || r.Caller.ARN != within.Caller.ARN || r.ID == "" {
			t.Errorf("the request is %+v", r)
		}
		seen = in
		return &lambda.AliasConfiguration{Name: in.Name, RoutingConfig: in.RoutingConfig}, nil
	})
	out, err := f.server.Call(t.Context(), within, "Lambda", "CreateAlias", map[string]any{
		"functionName": "f", "Name": "live", "FunctionVersion": 1,
		"RoutingConfig": map[string]any{"AdditionalVersionWeights": map[string]any{"2": "0.1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if *seen.FunctionName != "f" || *seen.FunctionVersion != "1" || seen.RoutingConfig.AdditionalVersionWeights["2"] != 0.1 {
		t.Errorf("the handler got %+v", seen)
	}
	want := map[string]any{"Name": "live", "RoutingConfig": map[string]any{"AdditionalVersionWeights": map[string]any{"2": json.Number("0.1")}}}
	if !reflect.DeepEqual(out, want) {
		t.Errorf("the answer is %v", out)
	}
}

func TestCallRefusesWhatAClientIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		service, operation string
		members            map[string]any
		code               string
	}{
		"a violated constraint":            {"Lambda", "GetFunction", map[string]any{"FunctionName": "f", "Qualifier": "a b"}, "ValidationException"},
		"a missing member":                 {"Lambda", "GetFunction", nil, "ValidationException"},
		"a list for a string":              {"Lambda", "GetFunction", map[string]any{"FunctionName": []any{"f"}}, "SerializationException"},
		"a word for a number":              {"Lambda", "ListFunctions", map[string]any{"MaxItems": "many"}, "SerializationException"},
		"what the handler refuses":         {"Lambda", "GetFunction", map[string]any{"FunctionName": "f"}, "ResourceNotFoundException"},
		"an operation without a handler":   {"Lambda", "PublishVersion", nil, "NotImplementedException"},
		"an operation that streams":        {"Lambda", "Invoke", nil, "NotImplementedException"},
		"an operation that does not exist": {"Lambda", "Fly", nil, "NotImplementedException"},
		"a service that does not exist":    {"Lisp", "Invoke", nil, "NotImplementedException"},
		"a panic": {"Lambda", "CreateFunction", map[string]any{"FunctionName": "panics", "Role": "arn:aws:iam::111111111111:role/r", "Code": map[string]any{}},
			"ServiceException"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture()
			_, err := f.server.Call(t.Context(), within, tt.service, tt.operation, tt.members)
			var refused *wire.Error
			if !errors.As(err, &refused) || refused.Code != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
			if logged := f.log.Len() > 0; logged != (tt.code == "ServiceException") {
				t.Errorf("logged %q", f.log.String())
			}
		})
	}
}

func TestCallReadsScalarsLoosely(t *testing.T) {
	f := newFixture()
	var seen *lambda.UpdateFunctionConfigurationRequest
	wire.Handle(f.lambda, "UpdateFunctionConfiguration", func(_ context.Context, _ *wire.Request, in *lambda.UpdateFunctionConfigurationRequest) (*lambda.FunctionConfiguration, error) {
		seen = in
		return nil, nil
	})
	for name, tt := range map[string]struct {
		members map[string]any
		get     func() any
		want    any
	}{
		"a text for a number":       {map[string]any{"Timeout": "60"}, func() any { return *seen.Timeout }, int64(60)},
		"an int":                    {map[string]any{"Timeout": 60}, func() any { return *seen.Timeout }, int64(60)},
		"a number for a text":       {map[string]any{"Description": 1.5}, func() any { return *seen.Description }, "1.5"},
		"an int for a text":         {map[string]any{"Description": 7}, func() any { return *seen.Description }, "7"},
		"a boolean for a text":      {map[string]any{"Description": true}, func() any { return *seen.Description }, "true"},
		"a text for a boolean":      {map[string]any{"VpcConfig": map[string]any{"Ipv6AllowedForDualStack": "True"}}, func() any { return *seen.VpcConfig.Ipv6AllowedForDualStack }, true},
		"a number among the values": {map[string]any{"Environment": map[string]any{"Variables": map[string]any{"COUNT": 1}}}, func() any { return seen.Environment.Variables }, map[string]string{"COUNT": "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.members["FunctionName"] = "f"
			if _, err := f.server.Call(t.Context(), within, "Lambda", "UpdateFunctionConfiguration", tt.members); err != nil {
				t.Fatal(err)
			}
			if got := tt.get(); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %#v, want %#v", got, tt.want)
			}
		})
	}
}
