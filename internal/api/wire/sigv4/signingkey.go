package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"
)

// keyring remembers the keys derived from secrets. A key serves a day, a region and a service, and deriving it costs
// four times what using it does.
type keyring struct {
	mu   sync.RWMutex
	keys map[scope]*signingKey
}

type scope struct{ secret, date, region, service string }

// most is how many derived keys are kept; an attacker with a valid key could ask for any number of regions.
const most = 512

func (k *keyring) get(secret string, s *Signature) *signingKey {
	want := scope{secret, s.date, s.Region, s.Service}
	k.mu.RLock()
	found := k.keys[want]
	k.mu.RUnlock()
	if found != nil {
		return found
	}
	found = derive(want)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keys == nil || len(k.keys) >= most {
		k.keys = make(map[scope]*signingKey)
	}
	k.keys[want] = found
	return found
}

func derive(s scope) *signingKey {
	key := []byte("AWS4" + s.secret)
	for _, part := range []string{s.date, s.region, s.service, "aws4_request"} {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(part))
		key = h.Sum(nil)
	}
	return &signingKey{pool: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// signingKey computes codes with one derived key. It may be used by several goroutines at once.
type signingKey struct{ pool sync.Pool }

// sum appends the code of message to b.
func (k *signingKey) sum(b, message []byte) []byte {
	h := k.pool.Get().(hash.Hash)
	h.Reset()
	h.Write(message)
	b = h.Sum(b)
	k.pool.Put(h)
	return b
}
