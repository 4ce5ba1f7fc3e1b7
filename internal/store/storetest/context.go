package storetest

import (
	"context"
	"errors"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

var contextTests = map[string]func(*testing.T, *place){
	"a write that was cancelled before is not begun":   refusesCancelledWrite,
	"a read that was cancelled before is not begun":    refusesCancelledRead,
	"a write can be cancelled while it waits":          cancelsWaitingWrite,
	"a write that is cancelled late tells what it did": tellsTruth,
}

// chances are how often a test tries what may go wrong by the luck of a select.
const chances = 50

func refusesCancelledWrite(t *testing.T, p *place) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range chances {
		err := p.WriteFunctions(ctx, func(function.Tx) error {
			t.Error("the closure was run")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want the context's", err)
		}
	}
}

func refusesCancelledRead(t *testing.T, p *place) {
	functionNames(t, p, "", 0) // so that a connection is at hand
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range chances {
		err := p.ReadFunctions(ctx, func(function.Reader) error {
			t.Error("the closure was run")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want the context's", err)
		}
	}
}

// cancelsWaitingWrite cancels a write that waits for another, and only then lets that one go on.
func cancelsWaitingWrite(t *testing.T, p *place) {
	first, second := NewFunction("first"), NewFunction("second")
	begun, goOn, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- p.WriteFunctions(t.Context(), func(tx function.Tx) error {
			close(begun)
			<-goOn
			return tx.PutFunction(first)
		})
	}()
	<-begun
	ctx, cancel := context.WithCancel(t.Context())
	cancelled := make(chan error, 1)
	go func() {
		cancelled <- p.WriteFunctions(ctx, func(tx function.Tx) error { return tx.PutFunction(second) })
	}()
	cancel()
	if err := <-cancelled; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
	wantMissing(t, p, second.ID)
	wantSame(t, "the first function", getFunction(t, p, first.ID), first)
}

// tellsTruth cancels a write from within. Whether it then succeeds is the store's choice; its answer must be true.
func tellsTruth(t *testing.T, p *place) {
	f := NewFunction("late")
	ctx, cancel := context.WithCancel(t.Context())
	wrote := p.WriteFunctions(ctx, func(tx function.Tx) error {
		err := tx.PutFunction(f)
		cancel()
		return err
	})
	found := p.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Function(f.ID)
		return err
	})
	if (wrote == nil) != (found == nil) {
		t.Errorf("the write said %v, but a read says %v", wrote, found)
	}
	if found != nil {
		wantFault(t, found, fault.NotFound, "function")
	}
}
