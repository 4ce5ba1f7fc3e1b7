package codedeploy

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// Both types of revisions are kept as they were sent, with their hash.
func TestRevisionsAreShownAsTheyWereSent(t *testing.T) {
	sum := sha256.Sum256([]byte(spec))
	hash := hex.EncodeToString(sum[:])
	for kind, member := range map[string]string{"String": "string", "AppSpecContent": "appSpecContent"} {
		for _, given := range []any{nil, hash, strings.ToUpper(hash)} {
			d := newDesk(t)
			d.put(application("app"), group("app", "group"))
			content := object{"content": spec}
			if given != nil {
				content["sha256"] = given
			}
			shown := deployed(d, object{"revision": object{"revisionType": kind, member: content}})["revision"].(map[string]any)
			kept := shown[member].(map[string]any)
			if shown["revisionType"] != kind || len(shown) != 2 || kept["content"] != spec || kept["sha256"] != hash {
				t.Errorf("%s with the hash %v: %v", kind, given, shown)
			}
		}
	}
}

func TestBadRevisions(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	content := object{"content": spec}
	for name, tt := range map[string]struct {
		revision any
		want     string
		says     string
	}{
		"none":           {nil, "RevisionRequiredException", "RevisionLocation must be specified"},
		"no type":        {object{"string": content}, "InvalidRevisionException", "revisionType"},
		"unknown type":   {object{"revisionType": "Tape"}, "InvalidRevisionException", "revisionType"},
		"S3":             {object{"revisionType": "S3", "s3Location": object{"bucket": "b", "key": "k", "bundleType": "YAML"}}, "InvalidRevisionException", "type S3"},
		"S3 bundle":      {object{"revisionType": "S3", "s3Location": object{"bundleType": "rar"}}, "InvalidRevisionException", "bundleType"},
		"GitHub":         {object{"revisionType": "GitHub", "gitHubLocation": object{"repository": "r", "commitId": "c"}}, "InvalidRevisionException", "type GitHub"},
		"other member":   {object{"revisionType": "String", "appSpecContent": content}, "InvalidRevisionException", "String"},
		"no member":      {object{"revisionType": "AppSpecContent"}, "InvalidRevisionException", "AppSpecContent"},
		"empty content":  {object{"revisionType": "String", "string": object{"content": " \n"}}, "RevisionRequiredException", "RevisionLocation"},
		"no content":     {object{"revisionType": "AppSpecContent", "appSpecContent": object{}}, "RevisionRequiredException", "RevisionLocation"},
		"another's hash": {object{"revisionType": "String", "string": object{"content": spec, "sha256": strings.Repeat("0", 64)}}, "InvalidRevisionException", "sha256"},
	} {
		t.Run(name, func(t *testing.T) {
			in := object{"applicationName": "app", "deploymentGroupName": "group", "revision": tt.revision}
			if tt.revision == nil {
				delete(in, "revision")
			}
			code, message := d.refused("CreateDeployment", in)
			if code != tt.want || !strings.Contains(message, tt.says) {
				t.Errorf("%s (%s), want %s with %q", code, message, tt.want, tt.says)
			}
		})
	}
	if all := d.must("ListDeployments", object{})["deployments"].([]any); len(all) > 0 {
		t.Errorf("refused requests made the deployments %v", all)
	}
}

// A specification that can't be used makes a deployment all the same.
func TestUnusableSpecsAreAccepted(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	shown := deployed(d, object{"revision": object{"revisionType": "String", "string": object{"content": "{"}}})
	wantJSON(t, shown["status"], `"Created"`)
}
