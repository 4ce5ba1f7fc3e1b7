package lambda

import (
	"encoding/json"
	"testing"
)

// shows fails unless a member of an answer is the given JSON.
func shows(t *testing.T, answer map[string]any, member, want string) {
	t.Helper()
	got, err := json.Marshal(answer[member])
	if err != nil || string(got) != want {
		t.Errorf("%s is %s, want %s", member, got, want)
	}
}

func TestLevelsGoWithTheirLogFormat(t *testing.T) {
	f := newFixture(t)
	for _, step := range []struct{ change, want string }{
		{`{"LogFormat":"JSON","SystemLogLevel":"DEBUG"}`, `{"ApplicationLogLevel":"INFO","LogFormat":"JSON","LogGroup":"/aws/lambda/f","SystemLogLevel":"DEBUG"}`},
		{`{"ApplicationLogLevel":"WARN"}`, `{"ApplicationLogLevel":"WARN","LogFormat":"JSON","LogGroup":"/aws/lambda/f","SystemLogLevel":"DEBUG"}`},
		{`{"LogFormat":"JSON"}`, `{"ApplicationLogLevel":"INFO","LogFormat":"JSON","LogGroup":"/aws/lambda/f","SystemLogLevel":"INFO"}`},
		{`{"LogGroup":"mine"}`, `{"ApplicationLogLevel":"INFO","LogFormat":"JSON","LogGroup":"mine","SystemLogLevel":"INFO"}`},
		{`{"LogFormat":"Text"}`, `{"LogFormat":"Text","LogGroup":"mine"}`},
	} {
		shows(t, f.configure(t, `{"LoggingConfig":`+step.change+`}`), "LoggingConfig", step.want)
	}
}

func TestAnEmptyNetworkIsShown(t *testing.T) {
	f := newFixture(t)
	shows(t, f.create(t, `{"FunctionName":"none"}`), "VpcConfig", "null")
	shows(t, f.create(t, `{"FunctionName":"empty","VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[]}}`), "VpcConfig",
		`{"Ipv6AllowedForDualStack":false,"SecurityGroupIds":[],"SubnetIds":[],"VpcId":""}`)
	shows(t, f.must(t, "GET", functions+"empty/configuration", ""), "VpcConfig",
		`{"Ipv6AllowedForDualStack":false,"SecurityGroupIds":[],"SubnetIds":[],"VpcId":""}`)
	shows(t, f.create(t, `{"FunctionName":"some","VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}}`), "VpcConfig",
		`{"Ipv6AllowedForDualStack":false,"SecurityGroupIds":["sg-1"],"SubnetIds":["subnet-1"],"VpcId":""}`)
}

func TestSnapshotsAreOnForPublishedVersions(t *testing.T) {
	f := newFixture(t)
	shows(t, f.create(t, `{"FunctionName":"snap","SnapStart":{"ApplyOn":"PublishedVersions"}}`), "SnapStart",
		`{"ApplyOn":"PublishedVersions","OptimizationStatus":"Off"}`)
	published := f.must(t, "POST", functions+"snap/versions", `{}`)
	shows(t, published, "SnapStart", `{"ApplyOn":"PublishedVersions","OptimizationStatus":"On"}`)
	shows(t, published, "State", `"Pending"`)
}
