package sandbox

import (
	"slices"
	"testing"
)

func TestArrange(t *testing.T) {
	for name, tt := range map[string]struct{ given, want []Entry }{
		"outer folders come first": {
			[]Entry{{Path: "/b/c", From: "/x"}, {Path: "/b", From: "/y"}},
			[]Entry{{Path: "/b", From: "/y"}, {Path: "/b/c", From: "/x"}}},
		"what a folder above shows is left out": {
			[]Entry{{Path: "/usr", From: "/usr"}, {Path: "/usr/bin/python3", From: "/usr/bin/python3"}},
			[]Entry{{Path: "/usr", From: "/usr"}}},
		"a link's target elsewhere is not": {
			[]Entry{{Path: "/usr", From: "/usr"}, {Path: "/usr/bin/python3", From: "/usr/bin/python3.12"}},
			[]Entry{{Path: "/usr", From: "/usr"}, {Path: "/usr/bin/python3", From: "/usr/bin/python3.12"}}},
		"a folder in one that hides it": {
			[]Entry{{Path: "/usr", From: "/usr"}, {Path: "/usr/home", Kind: Empty}, {Path: "/usr/home/py", From: "/usr/home/py"}},
			[]Entry{{Path: "/usr", From: "/usr"}, {Path: "/usr/home", Kind: Empty}, {Path: "/usr/home/py", From: "/usr/home/py"}}},
		"what nothing shows need not be hidden": {
			[]Entry{{Path: "/root", Kind: Empty}}, nil},
		"nor what something else stands for": {
			[]Entry{{Path: "/tmp", From: "/data/tmp", Kind: Writable}, {Path: "/tmp/data", Kind: Empty}},
			[]Entry{{Path: "/tmp", From: "/data/tmp", Kind: Writable}}},
		"a shared folder hides what is private in it": {
			[]Entry{{Path: "/work", From: "/work", Kind: Writable}, {Path: "/work/.sluice", Kind: Empty}},
			[]Entry{{Path: "/work", From: "/work", Kind: Writable}, {Path: "/work/.sluice", Kind: Empty}}},
		"of several with one path the last counts": {
			[]Entry{{Path: "/a", From: "/1"}, {Path: "/a", From: "/2"}}, []Entry{{Path: "/a", From: "/2"}}},
	} {
		if got := Arrange(tt.given); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		path, folder string
		want         bool
	}{
		{"/a/b", "/a", true}, {"/a", "/a", true}, {"/ab", "/a", false}, {"/a", "/a/b", false}, {"/a", "/", true},
	} {
		if got := Within(tt.path, tt.folder); got != tt.want {
			t.Errorf("%s within %s: %v", tt.path, tt.folder, got)
		}
	}
}

func TestNewUsersAreNobodyElse(t *testing.T) {
	for range 1000 {
		if user := NewUser(); user < firstUser || user >= lastUser {
			t.Fatal(user)
		}
	}
}
