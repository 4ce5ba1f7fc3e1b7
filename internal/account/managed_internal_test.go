package account

import "testing"

func TestThePoliciesThatAWSManages(t *testing.T) {
	all := managed()
	if len(all) < 1400 {
		t.Errorf("there are %d", len(all))
	}
	ids := map[string]bool{}
	for name, p := range all {
		ids[p.ID] = true
		if parsed, err := parsePolicyARN(p.ARN()); err != nil || parsed.name != name || parsed.path != p.Path {
			t.Errorf("%s is %+v, %v", p.ARN(), parsed, err)
		}
		for _, v := range p.Versions {
			if err := checkPolicy(v.Document); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if len(ids) != len(all) {
		t.Errorf("%d policies have %d IDs", len(all), len(ids))
	}
	basic := all["AWSLambdaBasicExecutionRole"]
	if basic.ARN() != "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" || basic.Version(1) == nil {
		t.Errorf("AWSLambdaBasicExecutionRole is %+v", basic)
	}
}

func TestEveryLinkedRoleCanBeMade(t *testing.T) {
	for service := range linked() {
		r, err := newLinkedRole("123456789012", service, "", "")
		if err != nil {
			t.Errorf("%s: %v", service, err)
			continue
		}
		if err := r.check(); err != nil {
			t.Errorf("%s: %v", service, err)
		}
	}
}
