package remote_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

func TestAVersionIsPublishedWithItsDescription(t *testing.T) {
	t.Parallel()
	e := open(t)
	made := e.create("calculator")
	v := need(e.Publish(t.Context(), "calculator", "sluice 1", made.Digest, made.Revision))(t)
	if v.Number != "1" || v.Description != "sluice 1" || v.Digest != made.Digest {
		t.Errorf("%+v", v)
	}
	again := need(e.Publish(t.Context(), "calculator", "sluice 2", "", ""))(t)
	if again.Number != "1" || again.Description != "sluice 1" {
		t.Errorf("%+v, want the version that is there: nothing differs", again)
	}
}

func TestOtherCodeThanWasSeenIsNotPublished(t *testing.T) {
	t.Parallel()
	e := open(t)
	made := e.create("calculator")
	updated := need(e.UpdateCode(t.Context(), "calculator", program(t, "other"), "", ""))(t)
	_, err := e.Publish(t.Context(), "calculator", "", made.Digest, updated.Revision)
	refused(t, err, fault.Precondition, "version", "publish calculator: CodeSHA256")
	_, err = e.Publish(t.Context(), "calculator", "", updated.Digest, made.Revision)
	refused(t, err, fault.Precondition, "version", "publish calculator: The Revision Id")
}

func TestAVersionIsDeletedAndNothingElse(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	e.release("calculator", "1")
	e.release("calculator", "2")
	for _, version := range []string{"", "$LATEST", "LIVE", "0", "-1"} {
		refused(t, e.DeleteVersion(t.Context(), "calculator", version), fault.Invalid, "version", "not a version that can be deleted")
	}
	if err := e.DeleteVersion(t.Context(), "calculator", "1"); err != nil {
		t.Fatal(err)
	}
	found := e.find("calculator")
	if len(found.Versions) != 1 || found.Versions[0].Number != "2" {
		t.Errorf("%+v, want version 2 alone", found.Versions)
	}
}

func TestAVersionThatAnAliasNamesIsNotDeleted(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	e.release("calculator", "1")
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1"}))(t)
	refused(t, e.DeleteVersion(t.Context(), "calculator", "1"), fault.Conflict, "version", "delete version 1 of calculator: ")
}

func TestAllPagesAreReadAndVersionsOrdered(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		second := r.URL.Query().Get("Marker") == "more"
		switch path := r.URL.Path; {
		case path == "/2015-03-31/functions/calculator":
			fmt.Fprint(w, `{"Configuration":{"Version":"$LATEST"}}`)
		case path == "/2015-03-31/functions/calculator/versions" && second:
			fmt.Fprint(w, `{"Versions":[{"Version":"2"}]}`)
		case path == "/2015-03-31/functions/calculator/versions":
			fmt.Fprint(w, `{"NextMarker":"more","Versions":[{"Version":"$LATEST"},{"Version":"10"},{"Version":"9"}]}`)
		case second:
			fmt.Fprint(w, `{"Aliases":[{"Name":"LIVE","FunctionVersion":"9"}]}`)
		default:
			fmt.Fprint(w, `{"NextMarker":"more","Aliases":[{"Name":"A","FunctionVersion":"10"}]}`)
		}
	})
	found := e.find("calculator")
	var numbers []string
	for _, v := range found.Versions {
		numbers = append(numbers, v.Number)
	}
	if !slices.Equal(numbers, []string{"2", "9", "10"}) || found.Alias == nil || len(found.Named) != 2 {
		t.Errorf("versions %q, alias %v, named %v", numbers, found.Alias, found.Named)
	}
}
