package remote_test

import (
	"net/http"
	"testing"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// aliased is a server with a function that has two versions.
func aliased(t *testing.T) endpoint {
	e := open(t)
	e.create("calculator")
	e.release("calculator", "1")
	e.release("calculator", "2")
	return e
}

func TestAnAliasThatIsNotThereIsNil(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	for _, function := range []string{"calculator", "nobody"} {
		if a, err := e.Alias(t.Context(), function, "LIVE"); a != nil || err != nil {
			t.Errorf("%s: %+v, %v", function, a, err)
		}
	}
}

func TestAnAliasMovesWithItsRevision(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	a := need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1", Description: "made"}))(t)
	before := a
	for _, step := range []deployer.Alias{
		{Version: "1", Additional: "2", Weight: 0.25, Description: "first"},
		{Version: "1", Additional: "2", Weight: 0.5, Description: "second"},
		{Version: "2"},
	} {
		step.Name, step.Revision = "LIVE", a.Revision
		a = need(e.UpdateAlias(t.Context(), "calculator", step))(t)
		step.Revision = a.Revision
		if a != step || a.Revision == before.Revision {
			t.Errorf("%+v, want %+v", a, step)
		}
		if found := need(e.Alias(t.Context(), "calculator", "LIVE"))(t); *found != a {
			t.Errorf("found %+v, want %+v", *found, a)
		}
	}
	_, err := e.UpdateAlias(t.Context(), "calculator", before)
	refused(t, err, fault.Precondition, "alias", "update the alias LIVE of calculator: ")
}

func TestAnAliasThatIsThereIsNotMadeAgain(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1"}))(t)
	_, err := e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "2"})
	refused(t, err, fault.Conflict, "alias", "create the alias LIVE of calculator: Alias already exists")
}

// dropping loses the server's first answer to a method: what was asked for takes effect, and the SDK asks again.
func (e endpoint) dropping(method string) {
	dropped := false
	e.meddler.meddle(nil, func(_ http.ResponseWriter, r *http.Request) bool {
		if dropped || r.Method != method {
			return false
		}
		dropped = true
		return true
	})
}

func TestAMoveWhoseAnswerWasLostIsNotTakenForSomebodyElses(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	e.dropping(http.MethodPost)
	a := need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1"}))(t)
	e.dropping(http.MethodPut)
	moved := deployer.Alias{Name: "LIVE", Version: "1", Additional: "2", Weight: 0.1, Description: "mine", Revision: a.Revision}
	got := need(e.UpdateAlias(t.Context(), "calculator", moved))(t)
	moved.Revision = got.Revision
	if got != moved || got.Revision == a.Revision {
		t.Errorf("%+v, want %+v with another revision", got, moved)
	}
}
