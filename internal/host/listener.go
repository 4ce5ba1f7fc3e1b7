package host

import "net"

// listen takes a loopback address at random, of sixteen million, so that nobody who tries all ports of the usual one meets a
// process's Runtime API. Systems other than Linux have the usual one alone.
func listen() (net.Listener, error) {
	var random [4]byte
	fill(random[:])
	own := net.IPv4(127, random[0], random[1], 1+random[2]%254) // neither a network nor all of it
	if listener, err := net.Listen("tcp", net.JoinHostPort(own.String(), "0")); err == nil {
		return listener, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}
