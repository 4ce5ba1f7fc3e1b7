package bucket

import "sync"

// pins are the blobs of the contents that are open. A content opens its blobs one after the other, and who reads it may take
// longer than sweeps leave its blobs alone.
type pins struct {
	mu     sync.Mutex
	counts map[string]int // guarded by mu; by SHA-256, the contents that need it
}

// add pins the blobs of pieces. The function that it returns is called once, to let them go.
func (p *pins) add(pieces []Piece) (remove func()) {
	p.count(pieces, 1)
	return func() { p.count(pieces, -1) }
}

func (p *pins) count(pieces []Piece, by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.counts == nil {
		p.counts = map[string]int{}
	}
	for _, piece := range pieces {
		p.counts[piece.SHA256] += by
		if p.counts[piece.SHA256] == 0 {
			delete(p.counts, piece.SHA256)
		}
	}
}

func (p *pins) has(sha256 string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts[sha256] > 0
}
