package demo

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// A terminal is drawn over, and what it showed last stays.
func TestTerminal(t *testing.T) {
	var out bytes.Buffer
	s := openTerminal(t.Context(), &out, tea.WithWindowSize(100, 30))
	s.draw(counted(0, 1, 0))
	s.draw(counted(time.Second, 7, 3))
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "7 requests") {
		t.Errorf("it drew %q", out.String())
	}
}

func TestATerminalEndsWithItsContext(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	s := openTerminal(ctx, &bytes.Buffer{}, tea.WithWindowSize(100, 30))
	end()
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// A line comes each second and with each change.
func TestLines(t *testing.T) {
	var out bytes.Buffer
	s := &lines{out: &out}
	for i := range 9 { // two seconds
		s.draw(counted(time.Duration(i)*time.Second/4, i, 0))
	}
	rang := counted(2*time.Second+time.Second/4, 9, 0)
	rang.alarm = ringing
	s.draw(rang)
	s.draw(rang)
	if got := strings.Count(out.String(), "\n"); got != 4 || s.close() != nil {
		t.Errorf("%d lines, want 4: at 0, 1 and 2 seconds and for the alarm:\n%s", got, &out)
	}
}
