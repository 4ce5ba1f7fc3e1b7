package account

import (
	"testing"

	"sluice/internal/fault"
)

func TestWhatNoPolicyDocumentMayBe(t *testing.T) {
	for name, tt := range map[string]struct{ document, message string }{
		"no JSON":                {`nothing`, "Syntax errors in policy."},
		"nothing":                {``, "Syntax errors in policy."},
		"null":                   {`null`, "Syntax errors in policy."},
		"a list":                 {`[]`, "Syntax errors in policy."},
		"more behind it":         {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}} {}`, "Syntax errors in policy."},
		"no statement":           {`{"Version":"2012-10-17","Statement":[]}`, "Syntax errors in policy."},
		"a version nobody knows": {`{"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`, "Syntax errors in policy."},
		"an unknown member":      {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Colour":"red"}}`, "Syntax errors in policy."},
		"an unknown effect":      {`{"Version":"2012-10-17","Statement":{"Effect":"Maybe","Action":"s3:*","Resource":"*"}}`, "Syntax errors in policy."},
		"actions both ways":      {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*"}}`, "Syntax errors in policy."},
		"an action that is none": {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[{}],"Resource":"*"}}`, "Syntax errors in policy."},
		"no version":             {`{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`, "Policy document must be version 2012-10-17 or greater."},
		"an old version":         {`{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`, "Policy document must be version 2012-10-17 or greater."},
		"a principal":            {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}`, "Policy document should not specify a principal."},
		"no action":              {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}`, "Policy statement must contain actions."},
		"no resource":            {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*"}}`, "Policy statement must contain resources."},
		"an action of nobody":    {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"read","Resource":"*"}}`, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
		"a resource by its name": {`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}}`, `Resource bucket must be in ARN format or "*".`},
		"a name with a dash":     {`{"Version":"2012-10-17","Statement":{"Sid":"a-b","Effect":"Allow","Action":"s3:*","Resource":"*"}}`, "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"},
		"a name twice":           {`{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"s3:*","Resource":"*"}]}`, "Statement IDs (SID) in a single policy must be unique."},
	} {
		t.Run(name, func(t *testing.T) { wantMalformed(t, checkPolicy(tt.document), tt.message) })
	}
}

func TestAPolicyInARoleMayHaveAnyVersion(t *testing.T) {
	for _, version := range []string{``, `"Version":"2008-10-17",`, `"Version":"2012-10-17",`} {
		if err := checkInline(`{` + version + `"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`); err != nil {
			t.Errorf("with %q: %v", version, err)
		}
	}
	wantMalformed(t, checkInline(`{"Statement":{"Effect":"Allow","Action":"s3:*"}}`), "Policy statement must contain resources.")
}

func TestWhatNoTrustPolicyMayBe(t *testing.T) {
	for name, tt := range map[string]struct{ document, message string }{
		"no JSON":                 {`nothing`, "This policy contains invalid Json"},
		"a resource":              {`{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}`, "Has prohibited field Resource"},
		"all but a resource":      {`{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","NotResource":"*"}}`, "Has prohibited field NotResource"},
		"nobody":                  {`{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}`, "Missing required field Principal"},
		"no action":               {`{"Statement":{"Effect":"Allow","Principal":"*"}}`, "Missing required field Action"},
		"another service's":       {`{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}}`, "AssumeRole policy may only specify STS AssumeRole actions."},
		"a service that is none":  {`{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda"},"Action":"sts:AssumeRole"}}`, `Invalid principal in policy: "Service":"lambda"`},
		"a role that is none":     {`{"Statement":{"Effect":"Allow","Principal":{"AWS":["*","arn:aws:s3:::b"]},"Action":"sts:AssumeRole"}}`, `Invalid principal in policy: "AWS":"arn:aws:s3:::b"`},
		"a kind nobody knows":     {`{"Statement":{"Effect":"Allow","Principal":{"People":"me"},"Action":"sts:AssumeRole"}}`, "This policy contains invalid Json"},
		"a wrong one left out":    {`{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"me"},"Action":"sts:AssumeRole"}}`, `Invalid principal in policy: "AWS":"me"`},
		"names that are the same": {`{"Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"*"},{"Sid":"a","Effect":"Allow","Principal":"*","Action":"*"}]}`, "Statement IDs (SID) in a single policy must be unique."},
	} {
		t.Run(name, func(t *testing.T) { wantMalformed(t, checkTrust(tt.document), tt.message) })
	}
}

func wantMalformed(t *testing.T, err error, message string) {
	t.Helper()
	if !fault.Is(err, fault.Invalid, "document") || err.Error() != message {
		t.Errorf("error %v, want %q", err, message)
	}
}

func TestDocumentsThatToolsSend(t *testing.T) {
	for name, document := range map[string]string{
		"one statement":    `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}}`,
		"with an ID":       `{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"A1","Effect":"Deny","NotAction":["s3:Get*"],"NotResource":["arn:aws:s3:::b/*"]}]}`,
		"with a condition": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"s3:max-keys":10}}}]}`,
		"all of all":       `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`,
		"with no names":    `{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"","Effect":"Allow","Action":"*","Resource":"arn:aws:ec2:*::image/*"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if err := checkPolicy(document); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSizeLeavesWhiteSpaceOut(t *testing.T) {
	if got := size("{ \"a\":\n\t[ 1 ] }"); got != len(`{"a":[1]}`) {
		t.Errorf("size %d", got)
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"sts:AssumeRole","Condition":{"Null":{"a":"true"}}}}`)
	f.Add(`{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":["s3:Get*","*"],"Resource":["arn:aws:s3:::b/*","*"]},{"Effect":"Deny","NotAction":"iam:*","NotResource":"*"}]}`)
	f.Add(`{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"000000000000"},"Action":"sts:*","Condition":{"ForAllValues:StringNotLikeIfExists":{"aws:TagKeys":["*?",1,true]}}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkPolicy(text); err != nil && !fault.Is(err, fault.Invalid, "document") {
			t.Errorf("a policy: %v", err)
		}
		if checkTrust(text) == nil {
			a := Assumption{Session: "s", Tags: []Tag{{Key: "a", Value: "b"}}}
			trusts(text, a.claim(Holder{Account: "000000000000"}))
			trusts(text, a.claim(Holder{Account: "000000000000", Role: "arn:aws:iam::000000000000:role/r"}))
		}
	})
}
