package desk

import (
	"regexp"
	"testing"
)

func newRecord() *record {
	return &record{hide: Hide{
		Made:  regexp.MustCompile(`"(id|parent)":"([a-z0-9]{6,})"`),
		Other: map[*regexp.Regexp]string{regexp.MustCompile(`("date":)\d+`): "${1}0"},
	}}
}

// What a server makes up is named by its order, wherever it comes again, and what changes from run to run is replaced.
func TestWhatIsHidden(t *testing.T) {
	r := newRecord()
	for _, tt := range []struct{ answer, want string }{
		{`{"id":"abcdef","date":17}`, "{\n \"id\": \"ID1\",\n \"date\": 0\n}"},
		{`{"id":"ghijkl","parent":"abcdef"}`, "{\n \"id\": \"ID2\",\n \"parent\": \"ID1\"\n}"},
		{`{"text":"of abcdef and mnopqr"}`, "{\n \"text\": \"of ID1 and mnopqr\"\n}"},
		{`no JSON of ghijkl`, "no JSON of ID2"},
		{``, ``},
	} {
		r.note(tt.answer)
		if got := r.shown(tt.answer); got != tt.want {
			t.Errorf("%s is shown as\n%s\nwant\n%s", tt.answer, got, tt.want)
		}
	}
}

func TestWhatIsKnownBefore(t *testing.T) {
	d := &Desk{T: t, record: *newRecord()}
	d.Known("first1", 123456)
	d.record.note(`{"id":"third3","parent":"first1"}`)
	if got, want := d.record.hidden("/first1/123456/third3"), "/ID1/ID2/ID3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A desk asks a whole server, with a signature, and tells what it answers.
func TestADeskAsks(t *testing.T) {
	d := New(t, "apigateway", newRecord().hide)
	made := d.Must("POST", "/restapis", Object{"name": "a"})
	if made["name"] != "a" || made["id"] == nil {
		t.Errorf("made is %v", made)
	}
	d.Refused("GET", "/restapis/none", nil, 404, "NotFoundException", "Invalid API identifier")
	status, answer, code := d.Ask("GET", "/restapis/none", nil)
	if status != 404 || code != "NotFoundException" || answer == "" {
		t.Errorf("%d %s %s", status, code, answer)
	}
	if out := d.Record("GET", "/restapis/none", nil); out["message"] == nil {
		t.Errorf("recorded is %v", out)
	}
	if got, want := d.record.replies.String(), "== GET /restapis/none null: 404\n{\n \"message\": \"Invalid API identifier specified 000000000000:none\"\n}\n"; got != want {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
}
