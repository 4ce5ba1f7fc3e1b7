package sandbox

import "math/rand/v2"

// firstUser and lastUser bound the numbers that nobody gives to users: beyond those that systemd takes for containers,
// and within what programs can handle (UIDS-GIDS.md of systemd).
const (
	firstUser = 0x7000_0000
	lastUser  = 0x7fff_0000
)

// NewUser returns the number of a user that owns nothing and is nobody else.
func NewUser() int { return firstUser + rand.IntN(lastUser-firstUser) }
