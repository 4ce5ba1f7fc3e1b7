package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
)

func frame(version, trouble string) view.Frame {
	return view.Frame{
		Heading: "bonus prd", Now: time.Unix(0, 0).UTC(), Trouble: trouble, Trails: make([]view.Trail, 1),
		Standings: []release.Standing{{Function: "calculator", Alias: "LIVE", Known: true, Version: version}},
	}
}

func TestLinesAreWrittenForChangesAlone(t *testing.T) {
	var out, errs bytes.Buffer
	c := &changes{streams: &streams{out: &out, err: &errs}}
	for _, f := range []view.Frame{frame("1", ""), frame("1", ""), frame("1", "no answer"), frame("1", "no answer"), frame("2", "")} {
		c.show(f)
	}
	if got := out.String(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "on version 1") || !strings.Contains(got, "on version 2") {
		t.Errorf("wrote:\n%s", got)
	}
	if got := errs.String(); got != "no answer\n" {
		t.Errorf("told %q", got)
	}
}

func TestChangesAreLinesOfJSON(t *testing.T) {
	var out bytes.Buffer
	c := &changes{streams: &streams{out: &out}, json: true}
	c.show(frame("1", ""))
	if got := out.String(); got != `{"function":"calculator","name":"","alias":"LIVE","known":true,"version":"1"}`+"\n" {
		t.Errorf("wrote %s", got)
	}
}

func TestADrawingShowsTheLastFrame(t *testing.T) {
	var out bytes.Buffer
	d := openDrawing(t.Context(), &out, tea.WithWindowSize(60, 10), tea.WithEnvironment([]string{"TERM=dumb"}))
	d.show(frame("1", ""))
	d.show(frame("2", "no answer"))
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "bonus prd") || !strings.Contains(got, "no answer") {
		t.Errorf("drew %q", got)
	}
}

func TestAnInterruptedDrawingIsNoError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d := openDrawing(ctx, &bytes.Buffer{})
	cancel()
	if err := d.close(); err != nil {
		t.Error(err)
	}
}
