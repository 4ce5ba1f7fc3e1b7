package resourcetest

import (
	"strings"
	"sync"

	"sluice/internal/stack"
)

// Notes collects what an order notes.
type Notes struct {
	mu  sync.Mutex
	all []string
}

// Of has an order noted.
func (n *Notes) Of(o *stack.Order) *Notes {
	o.Note = func(reason string) {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.all = append(n.all, reason)
	}
	return n
}

// Text are the notes up to now, a line each.
func (n *Notes) Text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.all, "\n")
}
