package function

import (
	"math"
	"math/bits"
	"sync/atomic"
)

// Choice splits a stream of requests between two versions.
//
// Put request n on the interval [nw, (n+1)w), where w is the additional version's weight, and draw one point in each
// stratum [k, k+1): the requests in which a point falls go to the additional version. So after any N requests it has
// had ⌊wN⌋ or ⌈wN⌉ of them, each request has the same chance, and a client that calls in a rhythm can't lock onto
// the order. docs/decisions/0003-weighted-choice.md says why the points of neighbouring strata depend on each other.
//
// Above one half the two versions change roles, since a stratum must hold at least two requests for a point to be
// drawn among them. A Choice may be used by many goroutines at once. The zero Choice never chooses the additional
// version.
type Choice struct {
	next   atomic.Uint64
	draw   draw
	mirror bool
}

// NewChoice returns a Choice for a weight from 0 to 1 whose order is drawn from seed.
func NewChoice(weight Weight, seed uint64) *Choice {
	mirror := weight > 0.5
	if mirror {
		weight = 1 - weight
	}
	return &Choice{draw: draw{width: uint64(math.Ldexp(float64(weight), 64)), seed: seed}, mirror: mirror}
}

// Additional takes the next request and reports whether it goes to the additional version.
func (c *Choice) Additional() bool {
	n := c.next.Add(1) - 1
	return c.draw.hits(n) != c.mirror
}

// draw draws the points. All lengths are fractions of a stratum in units of 2⁻⁶⁴.
type draw struct {
	width uint64 // of a request: at most half a stratum
	seed  uint64
}

// hits reports whether a point falls in request n.
func (d draw) hits(n uint64) bool {
	if d.width == 0 {
		return false
	}
	stratum, start := bits.Mul64(n, d.width)
	lead := start % d.width
	end := start + d.width
	point := d.point(stratum, lead)
	if end >= start || end == 0 { // the request ends within its stratum
		return point-start < d.width && point >= start && !d.led(stratum, lead)
	}
	return (point >= start && !d.led(stratum, lead)) || d.led(stratum+1, end)
}

// point returns where the point of a stratum lies if it is not in the stratum's lead: the end, lead long, of a request
// that begins in the stratum before.
func (d draw) point(stratum, lead uint64) uint64 {
	at := mix(d.seed, 2*stratum)
	if lead == 0 {
		return at
	}
	at, _ = bits.Mul64(at, -lead)
	return lead + at
}

// led reports whether the point of a stratum lies in its lead. It never does if the point before lies in the same
// request; otherwise it does a little more often, so that the request's chance comes out as its width.
func (d draw) led(stratum, lead uint64) bool {
	if lead == 0 {
		return false
	}
	tail := d.width - lead // the part of the request in the stratum before
	if at, _ := bits.Mul64(mix(d.seed, 2*stratum+1), -tail); at >= lead {
		return false
	}
	before := -tail % d.width
	return d.point(stratum-1, before) < -tail || d.led(stratum-1, before)
}

// mix hashes a number under a seed: two rounds of the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func mix(seed, number uint64) uint64 {
	z := seed ^ (number+1)*0x9e3779b97f4a7c15
	for range 2 {
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		z ^= z>>31 ^ seed
	}
	return z
}
