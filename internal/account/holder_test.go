package account_test

import (
	"testing"
	"time"

	"sluice/internal/account"
)

func TestARNsOfHolders(t *testing.T) {
	for _, tt := range []struct {
		holder account.Holder
		want   string
	}{
		{account.Holder{Account: mine}, "arn:aws:iam::123456789012:root"},
		{account.Holder{Account: mine, Temporary: true, Expires: time.Now()}, "arn:aws:iam::123456789012:root"},
		{account.Holder{Role: "arn:aws:iam::123456789012:role/r", Session: "s"}, "arn:aws:sts::123456789012:assumed-role/r/s"},
		{account.Holder{Role: "arn:aws:iam::123456789012:role/a/b/r", Session: "s"}, "arn:aws:sts::123456789012:assumed-role/r/s"},
		{account.Holder{Role: "arn:aws-cn:iam::123456789012:role/r", Session: "s"}, "arn:aws-cn:sts::123456789012:assumed-role/r/s"},
		{account.Holder{Role: "arn:aws:iam::123456789012:role/r"}, "arn:aws:iam::123456789012:role/r"},
	} {
		if got := tt.holder.ARN(); got != tt.want {
			t.Errorf("%#v is %s, want %s", tt.holder, got, tt.want)
		}
	}
}

func TestASessionKeepsWhatItWasGrantedFor(t *testing.T) {
	ring := account.NewKeyring(mine, account.NewKey())
	s := ring.NewSession(account.Grant{
		Role: role, RoleID: "AROAID", Name: "me", Lasts: time.Minute, Tags: map[string]string{"team": "a"},
	}, now)
	h, known := ring.Holder(s.ID, s.Token)
	if !known || !h.Temporary || h.Role != role || h.RoleID != "AROAID" || h.Session != "me" || h.Tags["team"] != "a" || !h.Expires.Equal(now.Add(time.Minute)) {
		t.Errorf("the holder is %#v, known: %v", h, known)
	}
}
