package deployer_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sluice/internal/deployer"
)

func TestRecordReadsAsItWasWritten(t *testing.T) {
	word := rapid.StringMatching(`[a-zA-Z0-9$.:/@+-]{0,40}`)
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "seconds"), 0).UTC()
	})
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[0-9]{0,9}`)
		r := deployer.Record{
			Release: rapid.StringMatching(`[a-z0-9]{1,12}`).Draw(t, "release"), Phase: deployer.Shifting, From: number.Draw(t, "from"),
			To: number.Draw(t, "to"), Newest: number.Draw(t, "newest"), By: word.Draw(t, "by"), At: moment.Draw(t, "at"), Lease: moment.Draw(t, "lease"),
		}
		before := rapid.String().Draw(t, "description")
		description := r.Description(before)
		if len(description) > 256 && len(before) <= 256 {
			t.Fatalf("%d bytes", len(description))
		}
		if strings.Contains(before, "[sluice ") {
			return
		}
		if got, ok := deployer.ReadRecord(description); !ok || got != r {
			t.Fatalf("%q reads %+v, want %+v", description, got, r)
		}
		if again := r.Description(description); again != description {
			t.Fatalf("a second move makes %q of %q", again, description)
		}
	})
}

func TestDescriptionOfAPersonStays(t *testing.T) {
	r := deployer.Record{Release: "r1", Phase: deployer.Done, From: "3", To: "4", By: "ann  [x]"}
	d := r.Description("What customers call")
	if d != "What customers call [sluice release=r1 phase=done from=3 to=4 by=ann___x_]" {
		t.Errorf("%q", d)
	}
	r.To = "5"
	if d = r.Description(d); d != "What customers call [sluice release=r1 phase=done from=3 to=5 by=ann___x_]" {
		t.Errorf("%q", d)
	}
}

func TestDescriptionFitsWhateverStoodThere(t *testing.T) {
	long := strings.Repeat("x", 300)
	r := deployer.Record{Release: long, Phase: deployer.Shifting, From: "123456789", To: "123456789", Newest: "123456789", By: long, At: now, Lease: now}
	for _, before := range []string{"", strings.Repeat("é", 200), long} {
		d := r.Description(before)
		if len(d) > 256 || !utf8.ValidString(d) {
			t.Errorf("%d bytes, valid %v: %q", len(d), utf8.ValidString(d), d)
		}
		if got, ok := deployer.ReadRecord(d); !ok || got.Phase != deployer.Shifting || !got.Lease.Equal(now) {
			t.Errorf("%q reads %+v", d, got)
		}
	}
}

func TestDescriptionsWithoutARecord(t *testing.T) {
	for _, d := range []string{"", "by hand", "[sluice release=r1", "sluice release=r1]"} {
		if r, ok := deployer.ReadRecord(d); ok {
			t.Errorf("%q reads %+v", d, r)
		}
	}
}

func TestDecidedKeepsTheNewest(t *testing.T) {
	r := deployer.Record{Newest: "9"}
	if r.Decided("10") != "10" || r.Decided("4") != "9" || r.Decided(deployer.Latest) != "9" {
		t.Errorf("%s, %s, %s", r.Decided("10"), r.Decided("4"), r.Decided(deployer.Latest))
	}
}
