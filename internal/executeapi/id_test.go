package executeapi_test

import (
	"regexp"
	"testing"

	"sluice/internal/executeapi"
	"sluice/internal/function"
)

func TestExecuteARN(t *testing.T) {
	id := executeapi.ID{Scope: function.Scope{Account: "123456789012", Region: "eu-west-1"}, API: "abc"}
	if got, want := id.ExecuteARN("dev", "GET", "pets/1"), "arn:aws:execute-api:eu-west-1:123456789012:abc/dev/GET/pets/1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestIdentifiers(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]*$`)
	seen := map[string]bool{}
	for _, length := range []int{0, executeapi.ShortID, executeapi.MiddleID, executeapi.LongID, 100} {
		id := executeapi.NewID(length)
		if len(id) != length || !form.MatchString(id) || seen[id] {
			t.Errorf("an identifier of %d letters is %q", length, id)
		}
		seen[id] = true
	}
}

// Each letter comes as often as the others; the bound is far beyond chance.
func TestRandomLettersAreAlike(t *testing.T) {
	const length = 30_000
	counts := map[rune]int{}
	for _, letter := range executeapi.Random(length, "abc") {
		counts[letter]++
	}
	for _, letter := range "abc" {
		if n := counts[letter]; n < length/3-1000 || n > length/3+1000 {
			t.Errorf("%c came %d times of %d", letter, n, length)
		}
	}
	if len(counts) != 3 {
		t.Errorf("the letters are %v", counts)
	}
}
