package sts

import (
	"context"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const (
	owner = "000000000000"
	trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	app   = "arn:aws:iam::000000000000:role/team/app"
)

// desk is the API with a role, app.
type desk struct {
	t      *testing.T
	keys   *account.Keyring
	root   client.Client
	role   *account.Role
	server *wire.Server
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	key := account.NewKey()
	ring := account.NewKeyring(owner, key)
	accounts := account.NewService(records)
	role, err := accounts.CreateRole(t.Context(), account.Role{Account: owner, Name: "app", Path: "/team/", Trust: trust})
	if err != nil {
		t.Fatal(err)
	}
	service := New(Config{Accounts: accounts, Keys: ring})
	server := wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: keys{ring}}, service)
	return &desk{t, ring, client.Client{Key: key}, role, server}
}

type keys struct{ ring *account.Keyring }

func (k keys) Secret(id, token string) (sigv4.Identity, bool) {
	h, ok := k.ring.Holder(id, token)
	return sigv4.Identity{AccessKeyID: id, Secret: h.Secret, Account: h.Account, ARN: h.ARN(), Expires: h.Expires}, ok
}

// reply is what the tests read of an answer.
type reply struct {
	status  int
	Code    string                                `xml:"Error>Code"`
	Message string                                `xml:"Error>Message"`
	Caller  struct{ UserId, Account, Arn string } `xml:"GetCallerIdentityResult"`
	Assumed session                               `xml:"AssumeRoleResult"`
	Session session                               `xml:"GetSessionTokenResult"`
	Key     struct{ Account string }              `xml:"GetAccessKeyInfoResult"`
}

type session struct {
	Credentials struct {
		AccessKeyId, SecretAccessKey, SessionToken string
		Expiration                                 time.Time
	}
	AssumedRoleUser struct{ AssumedRoleId, Arn string }
	SourceIdentity  string
}

func (s *session) client() client.Client {
	return client.Client{
		Key: account.Key{ID: s.Credentials.AccessKeyId, Secret: s.Credentials.SecretAccessKey}, Token: s.Credentials.SessionToken,
	}
}

// call makes a signed request with parameters that stand in pairs.
func (d *desk) call(c client.Client, operation string, parameters ...string) (r reply) {
	d.t.Helper()
	form := url.Values{"Action": {operation}, "Version": {"2011-06-15"}}
	for i := 0; i < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	c.URL = "http://sluice"
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	request, err := c.Request(context.Background(), "sts", "POST", "/", header, []byte(form.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	return d.send(request)
}

func (d *desk) send(request *http.Request) (r reply) {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, request)
	if err := xml.Unmarshal(w.Body.Bytes(), &r); err != nil {
		d.t.Fatalf("%v in %s", err, w.Body)
	}
	r.status = w.Code
	return r
}

func (d *desk) wantCaller(c client.Client, id, arn string) {
	d.t.Helper()
	if got := d.call(c, "GetCallerIdentity"); got.Caller.UserId != id || got.Caller.Arn != arn || got.Caller.Account != owner {
		d.t.Errorf("the caller is %+v, want %s %s", got, id, arn)
	}
}

// Some operations need no signature: they are refused by name. The others want one, and nobody's long body is read.
func TestRequestsWithoutASignature(t *testing.T) {
	d := newDesk(t)
	long := strings.Repeat("x", 600<<10)
	for name, tt := range map[string]struct {
		action, more string
		chunked      bool
		want         string
	}{
		"a web identity":           {"AssumeRoleWithWebIdentity", "", false, "400 NotImplemented Sluice does not implement the operation AssumeRoleWithWebIdentity of STS."},
		"a SAML assertion":         {"AssumeRoleWithSAML", "&SAMLAssertion=" + long[:300<<10], false, "400 NotImplemented Sluice does not implement the operation AssumeRoleWithSAML of STS."},
		"too long an assertion":    {"AssumeRoleWithSAML", "&SAMLAssertion=" + long, false, missingToken},
		"one of unknown length":    {"AssumeRoleWithSAML", "", true, missingToken},
		"a form that is none":      {"AssumeRoleWithSAML", "&a=%zz", false, missingToken},
		"an operation for signers": {"AssumeRole", "", false, missingToken},
		"no operation":             {"Dance", "", false, missingToken},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest("POST", "/", strings.NewReader("Version=2011-06-15&Action="+tt.action+tt.more))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
			if tt.chunked {
				request.ContentLength = -1
			}
			if got := d.send(request); fmt.Sprint(got.status, " ", got.Code, " ", got.Message) != tt.want {
				t.Errorf("%+v, want %s", got, tt.want)
			}
		})
	}
	byAddress := httptest.NewRequest("GET", "/?Version=2011-06-15&Action=AssumeRoleWithSAML", nil)
	if got := d.send(byAddress); got.Code != "NotImplemented" {
		t.Errorf("in the address: %+v", got)
	}
	signed := httptest.NewRequest("POST", "/?Version=2011-06-15&Action=AssumeRoleWithSAML", nil)
	signed.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=a")
	if got := d.send(signed); got.Code != "IncompleteSignature" {
		t.Errorf("with half a signature: %+v", got)
	}
}

const missingToken = "403 MissingAuthenticationToken Request is missing Authentication Token"

func TestTheServersKeyIsTheAccount(t *testing.T) {
	d := newDesk(t)
	d.wantCaller(d.root, owner, "arn:aws:iam::000000000000:root")
}

func TestAFunctionsSessionIsItsRole(t *testing.T) {
	d := newDesk(t)
	s := d.keys.NewSession(account.Grant{Role: app, Name: "calculator", Lasts: time.Hour}, time.Now())
	d.wantCaller(client.Client{Key: s.Key, Token: s.Token}, d.role.ID+":calculator", "arn:aws:sts::000000000000:assumed-role/app/calculator")
}

func TestAnAssumedRoleCalls(t *testing.T) {
	d := newDesk(t)
	r := d.call(d.root, "AssumeRole", "RoleArn", app, "RoleSessionName", "me", "DurationSeconds", "900", "SourceIdentity", "operator")
	left := time.Until(r.Assumed.Credentials.Expiration)
	if left < 890*time.Second || left > 901*time.Second || r.Assumed.SourceIdentity != "operator" {
		t.Errorf("the session is %+v", r)
	}
	if u := r.Assumed.AssumedRoleUser; u.AssumedRoleId != d.role.ID+":me" || u.Arn != "arn:aws:sts::000000000000:assumed-role/app/me" {
		t.Errorf("the session is of %+v", u)
	}
	d.wantCaller(r.Assumed.client(), d.role.ID+":me", "arn:aws:sts::000000000000:assumed-role/app/me")
}

func TestASessionOfTheAccount(t *testing.T) {
	d := newDesk(t)
	r := d.call(d.root, "GetSessionToken")
	if left := time.Until(r.Session.Credentials.Expiration); left < 11*time.Hour {
		t.Errorf("it lasts %v", left)
	}
	d.wantCaller(r.Session.client(), owner, "arn:aws:iam::000000000000:root")
}

func TestASessionEnds(t *testing.T) {
	d := newDesk(t)
	s := d.keys.NewSession(account.Grant{Role: app, Name: "f", Lasts: time.Hour}, time.Now().Add(-2*time.Hour))
	r := d.call(client.Client{Key: s.Key, Token: s.Token}, "GetCallerIdentity")
	if r.status != http.StatusForbidden || r.Code != "ExpiredToken" {
		t.Errorf("the answer is %+v", r)
	}
}

func TestAKeysAccount(t *testing.T) {
	d := newDesk(t)
	if r := d.call(d.root, "GetAccessKeyInfo", "AccessKeyId", d.root.Key.ID); r.Key.Account != owner {
		t.Errorf("the answer is %+v", r)
	}
}

func TestRefusals(t *testing.T) {
	d := newDesk(t)
	s := d.keys.NewSession(account.Grant{Role: app, Name: "f", Lasts: time.Hour}, time.Now())
	inside := client.Client{Key: s.Key, Token: s.Token}
	for name, tt := range map[string]struct {
		caller     client.Client
		parameters []string // the operation first
		status     int
		code, part string
	}{
		"a role that isn't": {d.root, []string{"AssumeRole", "RoleArn", "arn:aws:iam::000000000000:role/none", "RoleSessionName", "me"}, 403, "AccessDenied",
			"User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/none"},
		"a role that doesn't trust": {inside, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "me"}, 403, "AccessDenied",
			"User: arn:aws:sts::000000000000:assumed-role/app/f is not authorized"},
		"what is no ARN":         {d.root, []string{"AssumeRole", "RoleArn", "arn:a:a::aaaaaaaaaa:", "RoleSessionName", "me"}, 400, "ValidationError", "arn:a:a::aaaaaaaaaa: is invalid"},
		"a session's wrong name": {d.root, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "a:b"}, 400, "ValidationError", `Value 'a:b' at 'roleSessionName'`},
		"too long":               {d.root, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "me", "DurationSeconds", "43201"}, 400, "ValidationError", "'durationSeconds'"},
		"too short":              {d.root, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "me", "DurationSeconds", "899"}, 400, "ValidationError", "'durationSeconds'"},
		"longer than the role":   {d.root, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "me", "DurationSeconds", "3601"}, 400, "ValidationError", "MaxSessionDuration"},
		"a tag to hand on":       {d.root, []string{"AssumeRole", "RoleArn", app, "RoleSessionName", "me", "TransitiveTagKeys.member.1", "a"}, 400, "InvalidParameterValue", "transitive tag key"},
		"a session of a session": {inside, []string{"GetSessionToken"}, 403, "AccessDenied", "Cannot call GetSessionToken with session credentials"},
		"what is no key":         {d.root, []string{"GetAccessKeyInfo", "AccessKeyId", "AKIAlowercasecharacter"}, 400, "ValidationError", "is no access key ID"},
		"what isn't done here":   {d.root, []string{"GetFederationToken", "Name", "me"}, 400, "NotImplemented", "GetFederationToken"},
	} {
		t.Run(name, func(t *testing.T) {
			d.t = t
			r := d.call(tt.caller, tt.parameters[0], tt.parameters[1:]...)
			if r.status != tt.status || r.Code != tt.code || !strings.Contains(r.Message, tt.part) {
				t.Errorf("the answer is %d %s %q, want %d %s %q", r.status, r.Code, r.Message, tt.status, tt.code, tt.part)
			}
		})
	}
}
