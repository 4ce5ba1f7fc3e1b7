package payload

import (
	"errors"
	"strings"
	"testing"
)

// zeros end a prelude.
const zeros = "\x00\x00\x00\x00\x00\x00\x00\x00"

// feed hands an answer over in pieces of size bytes and returns its head and the body behind it.
func feed(answer string, size int) (head *Answer, body string, err error) {
	var p Prelude
	for len(answer) > 0 {
		piece := answer[:min(size, len(answer))]
		answer = answer[len(piece):]
		if head != nil {
			body += piece
			continue
		}
		var rest []byte
		if head, rest, err = p.Add([]byte(piece)); err != nil {
			return nil, "", err
		}
		body += string(rest)
	}
	return head, body, nil
}

func TestPreludeIsReadInPiecesOfAnySize(t *testing.T) {
	const answer = `{"statusCode":201,"headers":{"Content-Type":"text/html"},"cookies":["a=1"]}` + zeros + "\x00<p>" + zeros + "</p>"
	for size := 1; size <= len(answer); size++ {
		head, body, err := feed(answer, size)
		if err != nil || head == nil {
			t.Fatalf("pieces of %d bytes: %v, %v", size, head, err)
		}
		if got, want := shown(head), "201|Content-Type: text/html|Set-Cookie: a=1|"; got != want || body != "\x00<p>"+zeros+"</p>" {
			t.Errorf("pieces of %d bytes: %s and %q", size, got, body)
		}
	}
}

func TestPreludeNeedSayNothing(t *testing.T) {
	head, body, err := feed("{}"+zeros+"x", 100)
	if err != nil || shown(head) != "200|Content-Type: application/octet-stream|" || body != "x" {
		t.Errorf("%v, %q, %v", head, body, err)
	}
}

func TestPreludeThatGoesOnHasNoHead(t *testing.T) {
	if head, body, err := feed(`{"statusCode":200}`+zeros[1:], 3); head != nil || body != "" || err != nil {
		t.Errorf("%v, %q, %v", head, body, err)
	}
}

func TestMalformedPreludes(t *testing.T) {
	for name, answer := range map[string]string{
		"no JSON":        "hello" + zeros,
		"nothing":        zeros,
		"null":           "null" + zeros,
		"a list":         "[]" + zeros,
		"a wrong status": `{"statusCode":99}` + zeros,
		"no end":         `{"headers":{"a":"` + strings.Repeat("a", maxPrelude),
	} {
		t.Run(name, func(t *testing.T) {
			if head, _, err := feed(answer, 1000); !errors.Is(err, ErrMalformed) {
				t.Errorf("%v, %v", head, err)
			}
		})
	}
}

func FuzzPrelude(f *testing.F) {
	f.Add([]byte(`{"statusCode":200}`+zeros+"x"), 3)
	f.Add([]byte("null"+zeros), 1)
	f.Fuzz(func(t *testing.T, answer []byte, size int) {
		if size < 1 {
			return
		}
		head, body, err := feed(string(answer), size)
		whole, wholeBody, wholeErr := feed(string(answer), max(1, len(answer)))
		if len(answer) < maxPrelude && ((err == nil) != (wholeErr == nil) || (head == nil) != (whole == nil) || body != wholeBody) {
			t.Errorf("in pieces %v, %q, %v; as a whole %v, %q, %v", head, body, err, whole, wholeBody, wholeErr)
		}
	})
}
