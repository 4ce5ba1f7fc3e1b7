package lambda

import (
	"strings"
	"testing"
)

const (
	signingConfigs = "/2020-04-22/code-signing-configs"
	signingOf      = "/2020-06-30/functions/f/code-signing-config"
	publishers     = `"AllowedPublishers":{"SigningProfileVersionArns":["arn:aws:signer:us-east-1:000000000000:/signing-profiles/p"]}`
)

// sign makes a code signing configuration that warns and returns its ARN.
func (f *fixture) sign(t *testing.T) string {
	t.Helper()
	made := f.must(t, "POST", signingConfigs, `{"Description":"d",`+publishers+`}`)["CodeSigningConfig"].(map[string]any)
	shows(t, made, "CodeSigningPolicies", `{"UntrustedArtifactOnDeployment":"Warn"}`)
	return made["CodeSigningConfigArn"].(string)
}

// Recorded in test_function_code_signing_config and test_code_signing_not_found_excs.
func TestAFunctionsCodeSigningIsShownAsSet(t *testing.T) {
	f := newFixture(t)
	arn := f.sign(t)
	if none := f.must(t, "GET", signingOf, ""); len(none) != 0 {
		t.Errorf("without one: %v", none)
	}
	f.must(t, "PUT", signingOf, `{"CodeSigningConfigArn":"`+arn+`"}`)
	shows(t, f.must(t, "GET", signingOf, ""), "CodeSigningConfigArn", `"`+arn+`"`)
	shows(t, f.must(t, "GET", signingConfigs+"/"+arn+"/functions", ""), "FunctionArns", `["arn:aws:lambda:us-east-1:000000000000:function:f"]`)
	f.must(t, "DELETE", signingOf, "")
	f.must(t, "DELETE", signingOf, "")
	f.must(t, "DELETE", signingConfigs+"/"+arn, "")
	shows(t, f.must(t, "GET", signingConfigs, ""), "CodeSigningConfigs", `[]`)
}

func TestEnforcedCodeSigningRefusesPackages(t *testing.T) {
	f := newFixture(t)
	arn := f.sign(t)
	changed := f.must(t, "PUT", signingConfigs+"/"+arn, `{"CodeSigningPolicies":{"UntrustedArtifactOnDeployment":"Enforce"}}`)["CodeSigningConfig"].(map[string]any)
	shows(t, changed, "Description", `"d"`)
	status, code, text := f.call(t, "POST", functions, creation(t, `{"CodeSigningConfigArn":"`+arn+`"}`))
	if status != 400 || code != "CodeVerificationFailedException" || !strings.Contains(text, "Check the provided signature for g.") {
		t.Errorf("%d %s %s", status, code, text)
	}
}

func TestCodeSigningThatIsNotThere(t *testing.T) {
	f := newFixture(t)
	arn := f.sign(t)
	gone := arn[:len(arn)-1] + "x"
	for _, tt := range []struct{ method, path, body, code, text string }{
		{"GET", signingConfigs + "/" + gone, "", "ResourceNotFoundException", "The Lambda code signing configuration " + gone + " can not be found."},
		{"PUT", signingConfigs + "/" + gone, `{}`, "ResourceNotFoundException", "can not be found."},
		{"DELETE", signingConfigs + "/" + gone, "", "ResourceNotFoundException", "can not be found."},
		{"GET", signingConfigs + "/" + gone + "/functions", "", "ResourceNotFoundException", "can not be found."},
		{"PUT", signingOf, `{"CodeSigningConfigArn":"` + gone + `"}`, "CodeSigningConfigNotFoundException", "Check that the provided configuration is not deleted: " + gone + "."},
		{"PUT", "/2020-06-30/functions/g/code-signing-config", `{"CodeSigningConfigArn":"` + arn + `"}`, "ResourceNotFoundException", "Function not found: "},
		{"GET", "/2020-06-30/functions/g/code-signing-config", "", "ResourceNotFoundException", "Function not found: "},
		{"POST", functions, creation(t, `{"CodeSigningConfigArn":"`+gone+`"}`), "CodeSigningConfigNotFoundException", gone},
	} {
		status, code, text := f.call(t, tt.method, tt.path, tt.body)
		if status != 404 || code != tt.code || !strings.Contains(text, tt.text) {
			t.Errorf("%s %s: %d %s %s", tt.method, tt.path, status, code, text)
		}
	}
}
