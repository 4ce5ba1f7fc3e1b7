package parameter

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"

	"sluice/internal/fault"
)

// KeySize is how many bytes the key of secure values has.
const KeySize = 32

// Sealer seals secure values with AES-256 in Galois/Counter Mode. A sealed value belongs to its parameter and can't be opened
// as another's.
type Sealer struct{ aead cipher.AEAD }

// NewSealer returns a Sealer with a key that is random and that nobody else knows.
func NewSealer(key [KeySize]byte) (*Sealer, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Sealer{aead}, err
}

func (s *Sealer) seal(id ID, value string) string {
	return base64.StdEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(value), []byte(id.ARN())))
}

func (s *Sealer) open(id ID, sealed string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fault.Errorf(fault.Internal, "parameter", "read the sealed value of %s: %w", id.Name, err)
	}
	value, err := s.aead.Open(nil, nil, raw, []byte(id.ARN()))
	if err != nil {
		return "", fault.Errorf(fault.Internal, "parameter", "open the value of %s: another key sealed it: %w", id.Name, err)
	}
	return string(value), nil
}
