package functionurl_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var f = function.ID{Scope: function.Scope{Account: "123456789012", Region: "eu-west-1"}, Name: "f"}

// newService returns a service on a store with a function f, which has the aliases blue and green.
func newService(t *testing.T) (*functionurl.Service, *store.Store) {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	write(t, records, func(tx function.Tx) error {
		return errors.Join(tx.PutFunction(&function.Function{ID: f, Latest: function.Version{Function: f}}),
			tx.PutAlias(&function.Alias{Function: f, Name: "blue"}), tx.PutAlias(&function.Alias{Function: f, Name: "green"}))
	})
	return functionurl.NewService(records), records
}

func write(t *testing.T, records *store.Store, change func(function.Tx) error) {
	t.Helper()
	if err := records.WriteFunctions(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, s *functionurl.Service, qualifier string) *functionurl.Config {
	t.Helper()
	c, err := s.Create(t.Context(), f, qualifier, functionurl.Change{Auth: functionurl.AuthNone})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wantFound checks what requests find: a configuration, nothing where one was, or nothing at all.
func wantFound(t *testing.T, s *functionurl.Service, id string, there, known bool) {
	t.Helper()
	if c, ok, err := s.Find(t.Context(), id); err != nil || ok != known || (c != nil) != there {
		t.Errorf("found %+v, %v, %v; want one: %v, known: %v", c, ok, err, there, known)
	}
}

func TestCORSHoldsNothingThatNoHeaderCan(t *testing.T) {
	s, _ := newService(t)
	create(t, s, "")
	for name, tt := range map[string]struct {
		cors *functionurl.CORS
		good bool
	}{
		"a header with a line feed":        {&functionurl.CORS{Headers: []string{"X-A", "X-B\nX-C: 1"}}, false},
		"a method with a carriage return":  {&functionurl.CORS{Methods: []string{"A\rB"}}, false},
		"an origin with both":              {&functionurl.CORS{Origins: []string{"https://a.example\r\n"}}, false},
		"an exposed header with a null":    {&functionurl.CORS{Expose: []string{"X\x00"}}, false},
		"an exposed header with a divider": {&functionurl.CORS{Expose: []string{"X\u2028"}}, false},
		"nothing":                          {nil, true},
		"a method that no URL takes":       {&functionurl.CORS{Methods: []string{"TRACE"}}, true},
		"letters of all sorts":             {&functionurl.CORS{Headers: []string{"", "*", "x y", "ü"}, Origins: []string{"*"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			change := functionurl.Change{Auth: functionurl.AuthNone, CORS: tt.cors}
			_, created := s.Create(t.Context(), f, "blue", change)
			_, updated := s.Update(t.Context(), f, "", change)
			for _, err := range []error{created, updated} {
				if good := err == nil; good != tt.good || !good && !fault.Is(err, fault.Invalid, "CORS") {
					t.Errorf("%v, want success: %v", err, tt.good)
				}
			}
			_ = s.Delete(t.Context(), f, "blue") // if it was created
		})
	}
}

func TestCreatedURLIsFoundAtOnce(t *testing.T) {
	s, _ := newService(t)
	before := time.Now().Truncate(time.Microsecond)
	change := functionurl.Change{Auth: functionurl.AuthIAM, Mode: functionurl.Streamed, CORS: &functionurl.CORS{Origins: []string{"*"}}}
	c, err := s.Create(t.Context(), f, "blue", change)
	if err != nil {
		t.Fatal(err)
	}
	if c.Created.Before(before) || !c.Modified.Equal(c.Created) || c.ARN() != f.ARN()+":blue" {
		t.Errorf("made %+v", c)
	}
	found, known, _ := s.Find(t.Context(), c.ID)
	if !known || found.Function != f || found.Qualifier != "blue" || found.Auth != functionurl.AuthIAM ||
		found.Mode != functionurl.Streamed || found.CORS.Origins[0] != "*" {
		t.Errorf("found %+v, %v", found, known)
	}
	wantFound(t, s, strings.Repeat("a", functionurl.IDLength), false, false)
}

func TestUpdateChangesWhatIsGivenAndKeepsTheRest(t *testing.T) {
	s, _ := newService(t)
	made := create(t, s, "")
	for _, tt := range []struct {
		name   string
		change functionurl.Change
		auth   functionurl.Auth
		mode   functionurl.Mode
		cors   bool
	}{
		{"the mode", functionurl.Change{Mode: functionurl.Streamed}, functionurl.AuthNone, functionurl.Streamed, false},
		{"nothing", functionurl.Change{}, functionurl.AuthNone, functionurl.Streamed, false},
		{"CORS", functionurl.Change{CORS: &functionurl.CORS{MaxAge: new(0)}}, functionurl.AuthNone, functionurl.Streamed, true},
		{"who may call", functionurl.Change{Auth: functionurl.AuthIAM}, functionurl.AuthIAM, functionurl.Streamed, true},
		{"no CORS any more", functionurl.Change{CORS: &functionurl.CORS{}}, functionurl.AuthIAM, functionurl.Streamed, false},
	} {
		changed, err := s.Update(t.Context(), f, "", tt.change)
		if err != nil {
			t.Fatal(err)
		}
		found, _, _ := s.Find(t.Context(), made.ID)
		for _, c := range []*functionurl.Config{changed, found} {
			if c == nil || c.ID != made.ID || c.Auth != tt.auth || c.Mode != tt.mode || (c.CORS != nil) != tt.cors || c.Modified.Before(made.Modified) {
				t.Errorf("%s: %+v", tt.name, c)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	s, _ := newService(t)
	create(t, s, "blue")
	nobody := function.ID{Scope: f.Scope, Name: "nobody"}
	makeOne := func(id function.ID, qualifier string) error {
		_, err := s.Create(t.Context(), id, qualifier, functionurl.Change{Auth: functionurl.AuthNone})
		return err
	}
	update := func(id function.ID, qualifier string) error {
		_, err := s.Update(t.Context(), id, qualifier, functionurl.Change{})
		return err
	}
	get := func(id function.ID, qualifier string) error {
		_, err := s.Get(t.Context(), id, qualifier)
		return err
	}
	remove := func(id function.ID, qualifier string) error { return s.Delete(t.Context(), id, qualifier) }
	const noFunction, noURL = "Function does not exist", "The resource you requested does not exist."
	for _, tt := range []struct {
		name      string
		do        func(function.ID, string) error
		id        function.ID
		qualifier string
		kind      fault.Kind
		message   string
	}{
		{"a URL for nobody", makeOne, nobody, "", fault.NotFound, noFunction},
		{"a URL for no alias", makeOne, f, "red", fault.NotFound, noFunction},
		{"a second URL", makeOne, f, "blue", fault.Conflict, "Failed to create function url config for [functionArn = " + f.ARN() +
			":blue]. Error message:  FunctionUrlConfig exists for this Lambda function"},
		{"an update of nobody's", update, nobody, "", fault.NotFound, noFunction},
		{"an update of no alias's", update, f, "red", fault.NotFound, noFunction},
		{"an update of none", update, f, "green", fault.NotFound, noURL},
		{"a look at nobody's", get, nobody, "", fault.NotFound, noURL},
		{"a look at none", get, f, "", fault.NotFound, noURL},
		{"a deletion of nobody's", remove, nobody, "", fault.NotFound, noURL},
		{"a deletion of none", remove, f, "green", fault.NotFound, noURL},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.do(tt.id, tt.qualifier); !fault.Is(err, tt.kind, "") || err.Error() != tt.message {
				t.Errorf("error %v (%v), want %s", err, fault.Of(err).Kind, tt.message)
			}
		})
	}
	if _, _, err := s.List(t.Context(), nobody, functionurl.Page{}); !fault.Is(err, fault.NotFound, "function") || err.Error() != noFunction {
		t.Errorf("a list of nobody's: %v", err)
	}
}

func TestDeletedURLWasThereAndOthersStay(t *testing.T) {
	s, _ := newService(t)
	own, alias := create(t, s, ""), create(t, s, "blue")
	if err := s.Delete(t.Context(), f, ""); err != nil {
		t.Fatal(err)
	}
	wantFound(t, s, own.ID, false, true)
	wantFound(t, s, alias.ID, true, true)
	if again := create(t, s, ""); again.ID == own.ID {
		t.Error("the ID was given out again")
	}
}

func TestURLsGoWithAliasAndFunction(t *testing.T) {
	s, records := newService(t)
	own, alias := create(t, s, ""), create(t, s, "blue")
	write(t, records, func(tx function.Tx) error { return tx.DeleteAlias(f, "blue") })
	s.Deleted(t.Context(), f)
	wantFound(t, s, own.ID, true, true)
	wantFound(t, s, alias.ID, false, true)
	write(t, records, func(tx function.Tx) error { return tx.DeleteFunction(f) })
	s.Deleted(t.Context(), f)
	wantFound(t, s, own.ID, false, true)
}

func TestListGoesOnBehindAQualifier(t *testing.T) {
	s, _ := newService(t)
	for _, qualifier := range []string{"green", "", "blue"} {
		create(t, s, qualifier)
	}
	for _, tt := range []struct {
		name  string
		after *string
		limit int
		want  string
		more  bool
	}{
		{"all", nil, 0, ",blue,green", false},
		{"the first", nil, 1, "", true},
		{"behind the function's own", new(""), 1, "blue", true},
		{"behind an alias", new("blue"), 1, "green", false},
		{"behind one that is no more", new("cyan"), 0, "green", false},
		{"behind the last", new("green"), 1, "nothing", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, more, err := s.List(t.Context(), f, functionurl.Page{After: tt.after, Limit: tt.limit})
			if err != nil {
				t.Fatal(err)
			}
			qualifiers := []string{}
			for _, c := range found {
				qualifiers = append(qualifiers, c.Qualifier)
			}
			got := strings.Join(qualifiers, ",")
			if len(found) == 0 {
				got = "nothing"
			}
			if got != tt.want || more != tt.more {
				t.Errorf("got %q, %v; want %q, %v", got, more, tt.want, tt.more)
			}
		})
	}
}

func TestStartTakesUpWhatIsStored(t *testing.T) {
	s, records := newService(t)
	own, alias := create(t, s, ""), create(t, s, "blue")
	again := functionurl.NewService(records)
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFound(t, again, own.ID, true, true)
	wantFound(t, again, alias.ID, true, true)
	if err := again.Delete(t.Context(), f, ""); err != nil {
		t.Fatal(err)
	}
	wantFound(t, again, own.ID, false, true)
}

func TestWritersAtOnceLeaveWhatTheLastWrote(t *testing.T) {
	s, _ := newService(t)
	id := create(t, s, "").ID
	done := make(chan error)
	const writers = 8
	for i := range writers {
		auth := functionurl.AuthNone
		if i%2 == 0 {
			auth = functionurl.AuthIAM
		}
		go func() {
			_, err := s.Update(t.Context(), f, "", functionurl.Change{Auth: auth})
			done <- err
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	stored, err := s.Get(t.Context(), f, "")
	if found, _, _ := s.Find(t.Context(), id); err != nil || found.Auth != stored.Auth {
		t.Errorf("requests find %s, and %s is stored, %v", found.Auth, stored.Auth, err)
	}
}

func BenchmarkFind(b *testing.B) {
	records, err := store.Open(b.Context(), store.Config{Folder: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer records.Close()
	err = records.WriteFunctions(b.Context(), func(tx function.Tx) error {
		return tx.PutFunction(&function.Function{ID: f, Latest: function.Version{Function: f}})
	})
	if err != nil {
		b.Fatal(err)
	}
	s := functionurl.NewService(records)
	c, err := s.Create(b.Context(), f, "", functionurl.Change{Auth: functionurl.AuthNone})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, known, _ := s.Find(b.Context(), c.ID); !known {
			b.Fatal("not found")
		}
	}
}
