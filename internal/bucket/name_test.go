package bucket_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestCheckName(t *testing.T) {
	for name, ok := range map[string]bool{
		"abc": true, "my.bucket-1": true, strings.Repeat("a", 63): true, "1.2.3": true,
		"": false, "ab": false, strings.Repeat("a", 64): false, "Abc": false, "a_b": false, "-ab": false, "ab-": false,
		".ab": false, "ab.": false, "a..b": false, "192.168.1.1": false, "xn--abc": false, "sthree-a": false,
		"a-s3alias": false, "a--ol-s3": false, "a/b": false, "a b": false, "bücket": false, "../a": false, "abc\x00": false,
	} {
		if err := bucket.CheckName(name); (err == nil) != ok || !ok && !fault.Is(err, fault.Invalid, "bucket name") {
			t.Errorf("CheckName(%q) = %v", name, err)
		}
	}
}

func TestCheckKey(t *testing.T) {
	for key, kind := range map[string]fault.Kind{
		"a": 0, "a/b": 0, "/a": 0, "a//b": 0, "a/": 0, "a/../b": 0, "./a": 0, "a b+c%": 0, "漢字": 0, "..a": 0, "a..": 0, "\n": 0,
		strings.Repeat("k", 1024): 0,
		strings.Repeat("k", 1025): fault.TooLarge, strings.Repeat("é", 513): fault.TooLarge,
		"": fault.Invalid, "..": fault.Invalid, "../a": fault.Invalid, "a/../../b": fault.Invalid, "/../a": fault.Invalid,
		"./../a": fault.Invalid, "a/../..": fault.Invalid, "\xff": fault.Invalid, "a\x00b": fault.Invalid,
	} {
		if err := bucket.CheckKey(key); (err == nil) != (kind == 0) || kind != 0 && !fault.Is(err, kind, "key") {
			t.Errorf("CheckKey(%.40q) = %v", key, err)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"my-bucket", "a/../../b", "..", "\xff", "192.168.1.1", strings.Repeat("k", 1025)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if bucket.CheckName(s) == nil && (s != strings.ToLower(s) || strings.ContainsAny(s, "/\\\x00") || len(s) > 63) {
			t.Errorf("%q may name a bucket", s)
		}
		if bucket.CheckKey(s) == nil && (len(s) > bucket.MaxKey || !utf8.ValidString(s) || strings.HasPrefix(s, "../") || s == "..") {
			t.Errorf("%q may be a key", s)
		}
		if next := bucket.Beyond(s); next != "" && (next <= s || strings.HasPrefix(next, s)) {
			t.Errorf("Beyond(%q) = %q", s, next)
		}
	})
}

func TestBeyond(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "b", "a/": "a0", "az": "a{", "a\u007f": "a\u0080", "a\ud7ff": "a\ue000", "a\U0010ffff": "b", "\U0010ffff": "",
	} {
		if got := bucket.Beyond(text); got != want {
			t.Errorf("Beyond(%q) = %q, want %q", text, got, want)
		}
	}
}
